package io.lazuli.datafactory.run;

import io.lazuli.datafactory.workspace.ActivityDefinition;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How an activity run ended.
 *
 * @param inactive whether it was marked as ended without running
 * @param output null when there is none
 * @param error {@code errorCode}, {@code message}, {@code failureType}, {@code target}; null when it did not fail
 */
record ActivityResult(
    String name, String type, String activityRunId, ActivityStatus status, boolean inactive, ObjectNode output, ObjectNode error,
    Instant startedAt, Instant endedAt) {
    static ActivityResult skipped(ActivityDefinition definition, String activityRunId, Instant now) {
        return new ActivityResult(definition.name(), definition.type(), activityRunId, ActivityStatus.SKIPPED, false, null, null, now,
            now);
    }

    String message() {
        return error == null ? "" : error.path("message").asString("");
    }

    /** Azure's word for the status: activities that are inactive have one of their own. */
    String label() {
        return inactive ? "Inactive" : status.label();
    }

    /** The object that {@code activity('name')} gives. */
    ObjectNode toJson() {
        Duration duration = Duration.between(startedAt, endedAt);
        ObjectNode json = JsonNodeFactory.instance.objectNode()
            .put("ActivityName", name)
            .put("ActivityType", type)
            .put("ActivityRunId", activityRunId)
            .put("ActivityRunStart", Times.iso(startedAt))
            .put("ActivityRunEnd", Times.iso(endedAt))
            .put("ExecutionStartTime", Times.iso(startedAt))
            .put("ExecutionEndTime", Times.iso(endedAt))
            .put("Duration", Times.timeSpan(duration))
            .put("DurationInMs", duration.toMillis())
            .put("status", label());
        if (output != null) {
            json.set("output", output);
        }
        if (error != null) {
            json.set("error", error);
        }
        return json;
    }
}
