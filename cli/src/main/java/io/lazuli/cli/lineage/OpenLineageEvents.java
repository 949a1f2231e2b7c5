package io.lazuli.cli.lineage;

import io.lazuli.algebra.lineage.Origin;
import io.lazuli.datafactory.lineage.LineageStep;
import io.lazuli.datafactory.run.ActivityRecord;
import io.lazuli.datafactory.run.ActivityStatus;
import io.lazuli.datafactory.run.RunRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Events of OpenLineage 2.0.2 with the facet {@code columnLineage} 1.2.0, a line each. */
final class OpenLineageEvents {
    private static final String PRODUCER = "lazuli";
    private static final String EVENT = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private static final String FACET = "https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json";
    private static final String PARENT = "https://openlineage.io/spec/facets/1-0-1/ParentRunFacet.json";

    private final String namespace;

    /** {@code namespace} is the workspace's name. */
    OpenLineageEvents(String namespace) {
        this.namespace = namespace;
    }

    /** An event for each step that writes something; {@code time} is when the lineage was read. */
    List<ObjectNode> of(List<LineageStep> steps, Instant time) {
        return steps.stream().filter(step -> !step.targets().isEmpty())
            .map(step -> withDatasets(event("COMPLETE", time, UUID.randomUUID().toString(), job(step)), step)).toList();
    }

    /** The starts and ends of a run and of its activities, in their order in time. */
    List<ObjectNode> of(RunRecord run, List<LineageStep> steps) {
        List<ObjectNode> events = new ArrayList<>();
        String pipeline = run.request().pipeline();
        String runId = run.request().runId();
        events.add(event("START", run.startedAt(), runId, pipeline));
        run.endedAt().ifPresent(end -> events.add(event(switch (run.status()) {
            case SUCCEEDED -> "COMPLETE";
            case FAILED -> "FAIL";
            case QUEUED, IN_PROGRESS, INTERRUPTED, CANCELLED -> "ABORT";
        }, end, runId, pipeline)));
        for (ActivityRecord activity : run.activities()) {
            if (activity.status() == ActivityStatus.SKIPPED || activity.inactive()) {
                continue;
            }
            LineageStep step = steps.stream().filter(each -> each.pipeline().equals(pipeline) && each.name().equals(activity.name()))
                .findFirst().orElse(new LineageStep(pipeline, activity.name(), activity.type(), List.of()));
            events.add(within(run, withDatasets(event("START", activity.startedAt(), activity.activityRunId(), job(step)), step)));
            activity.endedAt().ifPresent(end -> events.add(within(run, withDatasets(event(switch (activity.status()) {
                case SUCCEEDED -> "COMPLETE";
                case FAILED -> "FAIL";
                case SKIPPED, CANCELLED -> "ABORT";
            }, end, activity.activityRunId(), job(step)), step))));
        }
        events.sort(Comparator.comparing(event -> Instant.parse(event.get("eventTime").asString())));
        return events;
    }

    private static String job(LineageStep step) {
        return step.pipeline().isEmpty() ? step.name() : step.pipeline() + "." + step.name();
    }

    private ObjectNode event(String type, Instant time, String run, String job) {
        ObjectNode event = JsonMapper.shared().createObjectNode();
        event.put("eventType", type).put("eventTime", time.toString()).put("producer", PRODUCER).put("schemaURL", EVENT);
        event.putObject("run").put("runId", run);
        event.putObject("job").put("namespace", namespace).put("name", job);
        return event;
    }

    private ObjectNode within(RunRecord run, ObjectNode event) {
        ObjectNode parent = event.withObject("run").putObject("facets").putObject("parent").put("_producer", PRODUCER)
            .put("_schemaURL", PARENT);
        parent.putObject("run").put("runId", run.request().runId());
        parent.putObject("job").put("namespace", namespace).put("name", run.request().pipeline());
        return event;
    }

    private ObjectNode withDatasets(ObjectNode event, LineageStep step) {
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
