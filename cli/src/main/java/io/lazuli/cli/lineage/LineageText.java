package io.lazuli.cli.lineage;

import io.lazuli.algebra.lineage.Influence;
import io.lazuli.algebra.lineage.Origin;
import io.lazuli.datafactory.lineage.LineageStep;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Lineage for people. */
final class LineageText {
    private LineageText() {
    }

    static void print(List<LineageStep> steps, PrintWriter out) {
        for (LineageStep step : steps) {
            out.println((step.pipeline().isEmpty() ? "" : step.pipeline() + " / ") + step.name() + "  " + step.type());
            if (step.targets().isEmpty()) {
                out.println("  its definition does not tell what it reads and writes");
            }
            step.targets().forEach(target -> print(target, out));
        }
    }

    private static void print(LineageStep.Target target, PrintWriter out) {
        out.println("  " + target.dataset() + (target.sink().isEmpty() ? "" : "  (" + target.sink() + ")"));
        int width = target.lineage().columns().keySet().stream().mapToInt(String::length).max().orElse(0);
        target.lineage().columns().forEach((column, origins) ->
            out.println("    " + column + " ".repeat(width - column.length()) + "  <-  " + origins(origins)));
        if (!target.lineage().rows().isEmpty()) {
            out.println("    rows decided by  " + target.lineage().rows().stream().map(Origin::toString).collect(Collectors.joining(", ")));
        }
    }

    private static String origins(Map<Origin, Influence> origins) {
        return origins.isEmpty() ? "constants" : origins.entrySet().stream().map(origin -> origin.getKey()
            + (origin.getValue() == Influence.IDENTITY ? "" : " (" + origin.getValue().name().toLowerCase(Locale.ROOT) + ")"))
            .collect(Collectors.joining(", "));
    }
}
