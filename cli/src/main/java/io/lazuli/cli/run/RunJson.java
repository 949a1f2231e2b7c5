package io.lazuli.cli.run;

import io.lazuli.datafactory.run.ActivityRecord;
import io.lazuli.datafactory.run.RunRecord;
import io.lazuli.datafactory.run.RunRequest;
import io.lazuli.datafactory.run.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Runs as JSON, with Azure's property names where it has them. */
final class RunJson {
    private RunJson() {
    }

    /** What a list of runs shows of one. */
    static ObjectNode summary(RunRecord run) {
        RunRequest request = run.request();
        ObjectNode json = JsonNodeFactory.instance.objectNode()
            .put("runId", request.runId())
            .put("runGroupId", request.groupId())
            .put("pipelineName", request.pipeline())
            .put("status", run.status().label())
            .put("message", run.message())
            .put("runStart", Times.iso(run.startedAt()));
        ended(json, "runEnd", run.startedAt(), run.endedAt());
        json.set("parameters", run.shownParameters());
        json.putObject("invokedBy").put("name", request.trigger().name()).put("invokedByType", request.trigger().type());
        if (request.parent() != null) {
            json.put("parentRunId", request.parent().runId());
        }
        return json;
    }

    /** A run with its activity runs. */
    static ObjectNode whole(RunRecord run) {
        ObjectNode json = summary(run);
        json.set("pipelineReturnValue", run.shownReturnValues());
        ArrayNode activities = json.putArray("activities");
        run.activities().forEach(activity -> activities.add(activity(activity)));
        return json;
    }

    private static ObjectNode activity(ActivityRecord activity) {
        ObjectNode json = JsonNodeFactory.instance.objectNode()
            .put("path", activity.key())
            .put("activityName", activity.name())
            .put("activityType", activity.type())
            .put("activityRunId", activity.activityRunId())
            .put("status", activity.statusLabel())
            .put("attempts", activity.attempts())
            .put("activityRunStart", Times.iso(activity.startedAt()));
        ended(json, "activityRunEnd", activity.startedAt(), activity.endedAt());
        set(json, "input", activity.shownInput());
        set(json, "output", activity.shownOutput());
        set(json, "error", activity.error());
        set(json, "userProperties", activity.userProperties());
        return json;
    }

    private static void ended(ObjectNode json, String name, Instant started, Optional<Instant> ended) {
        ended.ifPresent(end -> json.put(name, Times.iso(end)).put("durationInMs", Duration.between(started, end).toMillis()));
    }

    private static void set(ObjectNode json, String name, JsonNode value) {
        if (value != null) {
            json.set(name, value);
        }
    }
}
