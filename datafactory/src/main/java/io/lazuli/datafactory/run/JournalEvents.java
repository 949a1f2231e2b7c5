package io.lazuli.datafactory.run;

import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The events of a journal as JSON; {@link RunRecord} reads them. */
final class JournalEvents {
    private JournalEvents() {
    }

    static ObjectNode runCreated(Instant time, RunRequest request, String fingerprint) {
        ObjectNode event = event("RunCreated", time)
            .put("runId", request.runId())
            .put("pipeline", request.pipeline())
            .put("groupId", request.groupId())
            .put("fingerprint", fingerprint);
        event.set("parameters", request.parameters());
        event.set("trigger", request.trigger().toJson());
        event.set("process", ProcessIdentity.current().toJson());
        if (request.parent() != null) {
            event.set("parent", request.parent().toJson());
        }
        if (request.rerunOf() != null) {
            event.put("rerunOf", request.rerunOf());
        }
        return event;
    }

    static ObjectNode runResumed(Instant time) {
        return event("RunResumed", time).set("process", ProcessIdentity.current().toJson());
    }

    static ObjectNode activityStarted(
            Instant time, String key, String activityRunId, String name, String type, int attempt, JsonNode input,
                JsonNode userProperties) {
        ObjectNode event = activity("ActivityStarted", time, key, activityRunId, name, type).put("attempt", attempt);
        event.set("input", input);
        if (userProperties != null && !userProperties.isEmpty()) {
            event.set("userProperties", userProperties);
        }
        return event;
    }

    static ObjectNode stepDone(Instant time, String activityRunId, String step, JsonNode result) {
        ObjectNode event = event("StepDone", time).put("activityRunId", activityRunId).put("step", step);
        event.set("result", result);
        return event;
    }

    /** An activity's end; {@code output} and {@code error} as they may be shown, {@code changes} of variables as they happen. */
    static ObjectNode activityEnded(
            Instant time, String key, ActivityResult result, JsonNode output, JsonNode changes, JsonNode returnValues) {
        ObjectNode event = activity("ActivityEnded", time, key, result.activityRunId(), result.name(), result.type())
            .put("status", result.status().label())
            .put("startedAt", result.startedAt().toString())
            .put("endedAt", result.endedAt().toString());
        if (result.inactive()) {
            event.put("inactive", true);
        }
        setIfAny(event, "output", output);
        setIfAny(event, "error", result.error());
        setIfAny(event, "changes", changes);
        setIfAny(event, "returnValues", returnValues);
        return event;
    }

    static ObjectNode runEnded(Instant time, RunStatus status, String message) {
        return event("RunEnded", time).put("status", status.label()).put("message", message);
    }

    private static void setIfAny(ObjectNode event, String name, JsonNode value) {
        if (value != null && !(value.isArray() && value.isEmpty())) {
            event.set(name, value);
        }
    }

    private static ObjectNode activity(String kind, Instant time, String key, String activityRunId, String name, String type) {
        return event(kind, time).put("key", key).put("activityRunId", activityRunId).put("name", name).put("type", type);
    }

    private static ObjectNode event(String kind, Instant time) {
        return JsonNodeFactory.instance.objectNode().put("event", kind).put("time", time.toString());
    }
}
