package io.lazuli.cli.lineage;

import io.lazuli.algebra.lineage.Influence;
import io.lazuli.algebra.lineage.Origin;
import io.lazuli.datafactory.lineage.LineageStep;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lineage as {@code [{"pipeline", "step", "type", "targets": [{"sink", "dataset", "columns": {name: [origin]}, "rows": [origin]}]}]}. */
final class LineageJson {
    private LineageJson() {
    }

    static ArrayNode of(List<LineageStep> steps) {
        ArrayNode all = JsonMapper.shared().createArrayNode();
        for (LineageStep step : steps) {
            ObjectNode json = all.addObject().put("pipeline", step.pipeline()).put("step", step.name()).put("type", step.type());
            ArrayNode targets = json.putArray("targets");
            for (LineageStep.Target target : step.targets()) {
                ObjectNode written = targets.addObject().put("sink", target.sink()).put("dataset", target.dataset());
                ObjectNode columns = written.putObject("columns");
                target.lineage().columns().forEach((column, origins) -> add(columns.putArray(column), origins));
                ArrayNode rows = written.putArray("rows");
                target.lineage().rows().forEach(origin -> add(rows, origin));
            }
        }
        return all;
    }

    private static void add(ArrayNode array, Map<Origin, Influence> origins) {
        origins.forEach((origin, influence) -> add(array, origin).put("influence", influence.name().toLowerCase(Locale.ROOT)));
    }

    private static ObjectNode add(ArrayNode array, Origin origin) {
        return array.addObject().put("dataset", origin.source()).put("column", origin.column());
    }
}
