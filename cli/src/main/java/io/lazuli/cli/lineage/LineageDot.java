package io.lazuli.cli.lineage;

import static io.lazuli.cli.lineage.LineagePicture.escaped;

import io.lazuli.algebra.lineage.Origin;

/** The picture in the language of Graphviz. */
final class LineageDot {
    private LineageDot() {
    }

    static String of(LineagePicture picture) {
        StringBuilder dot = new StringBuilder("digraph lineage {\n  rankdir=LR;\n  node [shape=plaintext];\n");
        picture.datasets().forEach((dataset, columns) -> {
            dot.append("  ").append(quoted(dataset)).append(" [label=<<table border=\"0\" cellborder=\"1\" cellspacing=\"0\"><tr><td><b>")
                .append(escaped(dataset)).append("</b></td></tr>");
            columns.forEach(column -> dot.append("<tr><td port=\"").append(escaped(column)).append("\">").append(escaped(column))
                .append("</td></tr>"));
            dot.append("</table>>];\n");
        });
        picture.arrows().forEach(arrow -> dot.append("  ").append(port(arrow.from())).append(" -> ").append(port(arrow.to()))
            .append(arrow.same() ? "" : " [style=dashed]").append(";\n"));
        return dot.append("}\n").toString();
    }

    private static String port(Origin origin) {
        return quoted(origin.source()) + ":" + quoted(origin.column());
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
