package io.lazuli.cli.option;

import java.io.PrintWriter;
import java.util.List;

/** A table on a terminal: columns as wide as their widest cell. */
public final class TextTable {
    private static final int WIDEST = 40;

    private TextTable() {
    }

    /** Prints the lines, the heads among them. */
    public static void print(List<List<String>> lines, PrintWriter out) {
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < line.size(); i++) {
                int column = i;
                int width = lines.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
                text.append(i == 0 ? "" : "  ").append(line.get(i)).repeat(" ", width - line.get(i).length());
            }
            out.println(text.toString().stripTrailing());
        }
    }

    /** A value in one line and not too long for a table. */
    public static String cell(String value) {
        String text = value.replaceAll("\\R", "⏎");
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
    }
}
