package io.lazuli.datafactory.run;

import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run is asked to do.
 *
 * @param parameters by name, as given; defaults are filled in when the run starts
 * @param groupId the first run's id for reruns, else the run's own
 * @param parent null when no pipeline started this run
 * @param rerunOf the run whose successes this one takes over, null for none
 */
public record RunRequest(
    String runId, String pipeline, ObjectNode parameters, TriggeredBy trigger, String groupId, Parent parent, String rerunOf) {
    /** A run by hand. */
    public static RunRequest manual(String runId, String pipeline, ObjectNode parameters, Instant now) {
        return new RunRequest(runId, pipeline, parameters, TriggeredBy.manual(runId, now), runId, null, null);
    }

    RunRequest with(String pipelineName, ObjectNode otherParameters) {
        return new RunRequest(runId, pipelineName, otherParameters, trigger, groupId, parent, rerunOf);
    }

    /** The pipeline run, and the activity run in it, that started a run. */
    public record Parent(String pipeline, String runId, String activityRunId) {
        ObjectNode toJson() {
            return JsonNodeFactory.instance.objectNode().put("pipeline", pipeline).put("runId", runId).put("activityRunId", activityRunId);
        }

        static Parent of(JsonNode json) {
            return json == null ? null : new Parent(
                json.path("pipeline").asString(), json.path("runId").asString(), json.path("activityRunId").asString());
        }
    }

    /**
     * What started a run.
     *
     * @param type {@code Manual}, {@code ScheduleTrigger}, {@code TumblingWindowTrigger}, {@code BlobEventsTrigger}, {@code
     * PipelineActivity} …
     * @param scope what {@code trigger()} gives, null when there is no trigger
     * @param body what {@code triggerBody()} gives, null when there is no event
     */
    public record TriggeredBy(String type, String id, String name, Instant time, JsonNode scope, JsonNode body) {
        public static TriggeredBy manual(String id, Instant time) {
            return new TriggeredBy("Manual", id, "Manual", time, null, null);
        }

        ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode()
                .put("type", type).put("id", id).put("name", name).put("time", time.toString());
            if (scope != null) {
                json.set("scope", scope);
            }
            if (body != null) {
                json.set("body", body);
            }
            return json;
        }

        static TriggeredBy of(JsonNode json) {
            return new TriggeredBy(json.path("type").asString(), json.path("id").asString(), json.path("name").asString(),
                Instant.parse(json.path("time").asString()), json.get("scope"), json.get("body"));
        }
    }
}
