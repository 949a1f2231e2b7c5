package io.lazuli.cli.lineage;

import io.lazuli.algebra.lineage.Origin;
import io.lazuli.datafactory.lineage.LineageStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Events of OpenLineage 2.0.2 with the facet {@code columnLineage} 1.2.0: one for each step that writes something, a line each. */
final class OpenLineageEvents {
    private static final String PRODUCER = "lazuli";
    private static final String EVENT = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private static final String FACET = "https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json";

    private OpenLineageEvents() {
    }

    /** {@code namespace} is the workspace's name; {@code time} is when the lineage was read. */
    static List<ObjectNode> of(List<LineageStep> steps, String namespace, Instant time) {
        List<ObjectNode> events = new ArrayList<>();
        for (LineageStep step : steps) {
            if (!step.targets().isEmpty()) {
                events.add(event(step, namespace, time));
            }
        }
        return events;
    }

    private static ObjectNode event(LineageStep step, String namespace, Instant time) {
        ObjectNode event = JsonMapper.shared().createObjectNode();
        event.put("eventType", "COMPLETE").put("eventTime", time.toString()).put("producer", PRODUCER).put("schemaURL", EVENT);
        event.putObject("run").put("runId", UUID.randomUUID().toString());
        String name = step.pipeline().isEmpty() ? step.name() : step.pipeline() + "." + step.name();
        event.putObject("job").put("namespace", namespace).put("name", name);
        TreeSet<String> inputs = new TreeSet<>();
        step.targets().forEach(target -> target.lineage().all().forEach(origin -> inputs.add(origin.source())));
        ArrayNode read = event.putArray("inputs");
        inputs.forEach(input -> read.addObject().put("namespace", namespace).put("name", input));
        ArrayNode written = event.putArray("outputs");
        step.targets().forEach(target -> output(written.addObject(), target, namespace));
        return event;
    }

    private static void output(ObjectNode output, LineageStep.Target target, String namespace) {
        output.put("namespace", namespace).put("name", target.dataset());
        ObjectNode facet = output.putObject("facets").putObject("columnLineage").put("_producer", PRODUCER).put("_schemaURL", FACET);
        ObjectNode fields = facet.putObject("fields");
        target.lineage().columns().forEach((column, origins) -> {
            ArrayNode inputs = fields.putObject(column).putArray("inputFields");
            origins.forEach((origin, influence) -> field(inputs, origin, namespace, "DIRECT", influence.name()));
        });
        ArrayNode rows = facet.putArray("dataset");
        target.lineage().rows().forEach(origin -> field(rows, origin, namespace, "INDIRECT", "FILTER"));
    }

    private static void field(ArrayNode fields, Origin origin, String namespace, String type, String subtype) {
        fields.addObject().put("namespace", namespace).put("name", origin.source()).put("field", origin.column())
            .putArray("transformations").addObject().put("type", type).put("subtype", subtype).put("description", "").put("masking", false);
    }
}
