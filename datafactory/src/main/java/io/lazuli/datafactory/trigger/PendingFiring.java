package io.lazuli.datafactory.trigger;

import io.lazuli.datafactory.workspace.Trigger;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A firing whose runs have not all ended.
 *
 * @param id of the firing, from which those of its runs follow
 * @param at for schedules and windows, else null
 * @param blob {@code CONTAINER/PATH} for storage events, else null
 */
record PendingFiring(String id, String trigger, Instant time, Instant at, String blob) {
    static PendingFiring at(String trigger, Instant now, Instant at) {
        return new PendingFiring(UUID.randomUUID().toString(), trigger, now, at, null);
    }

    static PendingFiring blob(String trigger, Instant now, String blob) {
        return new PendingFiring(UUID.randomUUID().toString(), trigger, now, null, blob);
    }

    static PendingFiring of(JsonNode json) {
        return new PendingFiring(json.path("firing").asString(), json.path("trigger").asString(),
            Instant.parse(json.path("time").asString()), json.has("at") ? Instant.parse(json.get("at").asString()) : null,
            json.has("blob") ? json.get("blob").asString() : null);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("event", "Fired").put("time", time.toString()).put("firing", id)
            .put("trigger", trigger);
        if (at != null) {
            json.put("at", at.toString());
        }
        return blob == null ? json : json.put("blob", blob);
    }

    TriggerFiring firing(Trigger definition) {
        return blob == null ? TriggerFiring.at(definition, at) : TriggerFiring.blob(definition, blob, time);
    }

    /** What it fired for, for people. */
    String cause() {
        return blob == null ? at.toString() : blob;
    }
}
