package io.lazuli.datafactory.connector.file;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a folder that holds the rows of one value, {@code key=value}, with the escapes that Spark writes and reads. */
public final class PartitionFolder {
    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";
    private static final String ESCAPED = "\"#%'*/:=?\\{[]^\u007F";
    private static final Pattern ESCAPE = Pattern.compile("%([0-9a-fA-F]{2})");

    private PartitionFolder() {
    }

    /** A null value, and an empty text as in Spark, is {@code __HIVE_DEFAULT_PARTITION__}. */
    public static String name(String column, Object value) {
        String text = value == null ? "" : value.toString();
        return escaped(column) + "=" + (text.isEmpty() ? NULL : escaped(text));
    }

    /** What a part of a folder's name stands for: null for the folder of nulls. */
    public static String value(String text) {
        return text.equals(NULL) ? null : unescaped(text);
    }

    public static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll(found ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }

    private static String escaped(String text) {
        StringBuilder name = new StringBuilder();
        for (char c : text.toCharArray()) {
            name.append(c < ' ' || ESCAPED.indexOf(c) >= 0 ? "%%%02X".formatted((int) c) : String.valueOf(c));
        }
        return name.toString();
    }
}
