package io.lazuli.cli.lineage;

import io.lazuli.algebra.lineage.Influence;
import io.lazuli.algebra.lineage.Origin;
import io.lazuli.datafactory.lineage.LineageStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Lineage as a picture: a box for each dataset, a row in it for each column, an arrow for each way of a value. */
final class LineageDot {
    private LineageDot() {
    }

    static String of(List<LineageStep> steps) {
        Map<String, Set<String>> datasets = new LinkedHashMap<>();
        StringBuilder arrows = new StringBuilder();
        for (LineageStep step : steps) {
            for (LineageStep.Target target : step.targets()) {
                target.lineage().columns().forEach((column, origins) -> {
                    column(datasets, target.dataset(), column);
                    origins.forEach((origin, influence) -> {
                        column(datasets, origin.source(), origin.column());
                        arrows.append("  ").append(port(origin)).append(" -> ").append(port(new Origin(target.dataset(), column)))
                            .append(influence == Influence.IDENTITY ? "" : " [style=dashed]").append(";\n");
                    });
                });
            }
        }
        StringBuilder dot = new StringBuilder("digraph lineage {\n  rankdir=LR;\n  node [shape=plaintext];\n");
        datasets.forEach((dataset, columns) -> {
            dot.append("  ").append(quoted(dataset)).append(" [label=<<table border=\"0\" cellborder=\"1\" cellspacing=\"0\"><tr><td><b>")
                .append(escaped(dataset)).append("</b></td></tr>");
            columns.forEach(column -> dot.append("<tr><td port=\"").append(escaped(column)).append("\">").append(escaped(column))
                .append("</td></tr>"));
            dot.append("</table>>];\n");
        });
        return dot.append(arrows).append("}\n").toString();
    }

    private static void column(Map<String, Set<String>> datasets, String dataset, String column) {
        datasets.computeIfAbsent(dataset, _ -> new TreeSet<>()).add(column);
    }

    private static String port(Origin origin) {
        return quoted(origin.source()) + ":" + quoted(origin.column());
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
