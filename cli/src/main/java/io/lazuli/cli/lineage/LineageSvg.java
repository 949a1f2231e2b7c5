package io.lazuli.cli.lineage;

import static io.lazuli.cli.lineage.LineagePicture.escaped;

import io.lazuli.algebra.lineage.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The picture as SVG: sources at the left, what is made of them to the right; what changes a value is dashed. */
final class LineageSvg {
    private static final int ROW = 20;
    private static final int GAP = 24;
    private static final int BETWEEN = 140;
    private static final int MARGIN = 16;
    private static final double LETTER = 7.4;

    private final LineagePicture picture;
    private final StringBuilder boxes = new StringBuilder();
    private final Map<Origin, Port> ports = new HashMap<>();

    /** Where a column's row is: its left and right end and its middle. */
    private record Port(double left, double right, double y) {
    }

    private LineageSvg(LineagePicture picture) {
        this.picture = picture;
    }

    static String of(LineagePicture picture) {
        return new LineageSvg(picture).drawn();
    }

    private String drawn() {
        double x = MARGIN;
        double height = 0;
        for (List<String> layer : picture.layers()) {
            double width = layer.stream().mapToDouble(this::width).max().orElse(0);
            double y = MARGIN;
            for (String dataset : layer) {
                box(dataset, x, y, width);
                y += (picture.datasets().get(dataset).size() + 1) * ROW + GAP;
            }
            height = Math.max(height, y);
            x += width + BETWEEN;
        }
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT, """
            <svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" font-family="ui-monospace, monospace" font-size="12">
            <rect width="100%%" height="100%%" fill="white"/>
            """, x - BETWEEN + MARGIN, height));
        picture.arrows().forEach(arrow -> svg.append(line(ports.get(arrow.from()), ports.get(arrow.to()), arrow.same())));
        return svg.append(boxes).append("</svg>\n").toString();
    }

    private double width(String dataset) {
        Set<String> columns = picture.datasets().get(dataset);
        return Math.max(dataset.length(), columns.stream().mapToInt(String::length).max().orElse(0)) * LETTER + 2 * MARGIN;
    }

    private void box(String dataset, double x, double y, double width) {
        Set<String> columns = picture.datasets().get(dataset);
        boxes.append(String.format(Locale.ROOT, """
            <rect x="%.1f" y="%.1f" width="%.1f" height="%d" fill="#f6f8fb" stroke="#1f3a6e"/>
            <rect x="%.1f" y="%.1f" width="%.1f" height="%d" fill="#1f3a6e"/>
            """, x, y, width, (columns.size() + 1) * ROW, x, y, width, ROW));
        text(dataset, x, y, "white\" font-weight=\"bold");
        double row = y;
        for (String column : columns) {
            row += ROW;
            text(column, x, row, "#111");
            ports.put(new Origin(dataset, column), new Port(x, x + width, row + ROW / 2.0));
        }
    }

    private void text(String text, double x, double y, String fill) {
        boxes.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>%n", x + MARGIN / 2.0, y + ROW - 6, fill,
            escaped(text)));
    }

    private static String line(Port from, Port to, boolean same) {
        double middle = (from.right() + to.left()) / 2;
        return String.format(Locale.ROOT, "<path d=\"M%.1f %.1f C%.1f %.1f %.1f %.1f %.1f %.1f\" fill=\"none\" stroke=\"#5b7fb9\"%s/>%n",
            from.right(), from.y(), middle, from.y(), middle, to.y(), to.left(), to.y(), same ? "" : " stroke-dasharray=\"4 3\"");
    }
}
