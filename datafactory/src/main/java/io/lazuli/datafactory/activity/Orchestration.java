package io.lazuli.datafactory.activity;

import io.lazuli.datafactory.workspace.ActivityDefinition;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What containers and calling activities can do with the run. */
public interface Orchestration {
    /** The name of the pipeline that runs. */
    String pipeline();

    /**
     * Runs a container's inner activities to their end; their status is computed from the leaves as a pipeline's is. May be called from
     * several threads at once. Without an item, {@link ActivityContext#evaluate}
     * sees the inner activities' results afterwards.
     *
     * @param iteration makes the inner activity runs' identities unique and stable across resumes, such as {@code 3} for a loop's round;
     *     empty for a container that runs its activities once
     * @param item what {@code item()} gives, null for that of the surrounding activity
     * @throws ActivityFailure when they fail: {@code ActionFailed}, with the name and the message of the first failed leaf
     */
    void runActivities(List<ActivityDefinition> activities, String iteration, JsonNode item) throws InterruptedException;

    /** The current value of a pipeline variable. */
    JsonNode variable(String name);

    /** Sets a variable durably, together with the success of the calling activity; a value that is not of its type fails. */
    void setVariable(String name, JsonNode value);

    /** Adds an element to a variable of type Array, as {@link #setVariable} does; parallel additions are never lost. */
    void appendVariable(String name, JsonNode element);

    /** Sets what {@code pipelineReturnValue} gives to the calling pipeline. */
    void setReturnValue(String name, JsonNode value);

    /**
     * Starts another pipeline of the workspace, or finds the child run that this activity had started before a resume.
     *
     * @return {@code {"pipelineName", "pipelineRunId"}}, with {@code wait} once it has ended and with its {@code pipelineReturnValue}
     * @throws ActivityFailure with {@code wait} when the run failed
     */
    ObjectNode runPipeline(String pipeline, ObjectNode parameters, boolean wait) throws InterruptedException;
}
