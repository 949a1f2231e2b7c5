package io.lazuli.datafactory.activity;

import io.lazuli.datafactory.workspace.ActivityDefinition;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What containers and calling activities can do with the run. */
public interface Orchestration {
    /**
     * Runs a container's inner activities to their end and gives their status as a pipeline's is computed from its leaves.
     *
     * @param iteration makes the inner activity runs' identities unique and stable across resumes, such as {@code 3} for a loop's round
     * @param item what {@code item()} gives, null outside ForEach
     * @throws ActivityFailure when they fail: the error of the first failed leaf
     */
    void runActivities(List<ActivityDefinition> activities, String iteration, JsonNode item) throws InterruptedException;

    /** The current value of a pipeline variable. */
    JsonNode variable(String name);

    /** Sets a variable durably, together with the success of the calling activity. */
    void setVariable(String name, JsonNode value);

    /** Sets what {@code pipelineReturnValue} gives to the calling pipeline. */
    void setReturnValue(String name, JsonNode value);

    /**
     * Starts another pipeline of the workspace, or finds the child run that this activity had started before a resume.
     *
     * @return with {@code wait} the finished run's {@code {"pipelineRunId", "pipelineReturnValue"}}, else its id at once
     */
    ObjectNode runPipeline(String pipeline, ObjectNode parameters, boolean wait) throws InterruptedException;
}
