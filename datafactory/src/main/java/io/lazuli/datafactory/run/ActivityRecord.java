package io.lazuli.datafactory.run;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a journal tells of one activity run; secure values are concealed.
 *
 * @param key the activity's name, for an inner one after its containers' and rounds': {@code Each file/3/Copy}
 * @param attempts how often it was started, 0 when it never was
 * @param status null while it runs
 * @param inactive whether it was marked as ended without running
 * @param input the evaluated {@code typeProperties}, null when it never started
 */
public record ActivityRecord(
    String key, String activityRunId, String name, String type, int attempts, ActivityStatus status, boolean inactive,
    Instant startedAt, Optional<Instant> endedAt, JsonNode input, JsonNode output, JsonNode error, JsonNode userProperties) {
    static ActivityRecord started(ObjectNode event) {
        return new ActivityRecord(event.path("key").asString(), event.path("activityRunId").asString(), event.path("name").asString(),
            event.path("type").asString(), event.path("attempt").asInt(), null, false, Instant.parse(event.path("time").asString()),
            Optional.empty(), event.get("input"), null, null, event.get("userProperties"));
    }

    /** This activity run after {@code next}, another start of it. */
    ActivityRecord attempted(ActivityRecord next) {
        return new ActivityRecord(key, activityRunId, name, type, next.attempts, null, false, startedAt, Optional.empty(), input, null,
            null,
            userProperties);
    }

    static ActivityRecord ended(ObjectNode event, ActivityRecord before) {
        return new ActivityRecord(event.path("key").asString(), event.path("activityRunId").asString(), event.path("name").asString(),
            event.path("type").asString(), before == null ? 0 : before.attempts, ActivityStatus.of(event.path("status").asString()),
            event.path("inactive").asBoolean(false),
            Instant.parse(event.path("startedAt").asString()), Optional.of(Instant.parse(event.path("endedAt").asString())),
            before == null ? null : before.input, event.get("output"), event.get("error"), before == null ? null : before.userProperties);
    }

    /** Azure's word for the status. */
    public String statusLabel() {
        return inactive ? "Inactive" : status == null ? RunStatus.IN_PROGRESS.label() : status.label();
    }

    /** The input as it may be shown. */
    public JsonNode shownInput() {
        return input == null ? null : Concealment.mask(input);
    }

    /** The output as it may be shown. */
    public JsonNode shownOutput() {
        return output == null ? null : Concealment.mask(output);
    }

    ActivityResult result(Concealment concealment) {
        return new ActivityResult(name, type, activityRunId, status, inactive, output == null ? null
            : (ObjectNode) concealment.reveal(output),
            (ObjectNode) error, startedAt, endedAt.orElseThrow());
    }
}
