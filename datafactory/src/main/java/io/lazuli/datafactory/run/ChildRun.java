package io.lazuli.datafactory.run;

import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.workspace.Pipeline;
import io.lazuli.datafactory.workspace.PipelineParameters;
import io.lazuli.foundation.LazuliException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A pipeline run that an activity starts. Its id follows from the activity run, so that a resumed activity finds it again. */
record ChildRun(PipelineRunner runner, PipelineRun parent, RunningActivity activity, String pipelineName) {
    ObjectNode run(ObjectNode given, boolean wait) throws InterruptedException {
        Pipeline pipeline = runner.services().workspace().pipeline(pipelineName, activity.definition().place());
        ObjectNode parameters = PipelineParameters.ofCall(pipeline, given);
        String runId = UUID.nameUUIDFromBytes(
            (activity.activityRunId() + "/" + activity.attempt()).getBytes(StandardCharsets.UTF_8)).toString();
        RunRequest.Parent from = new RunRequest.Parent(parent.pipeline().name(), parent.request().runId(), activity.activityRunId());
        RunRequest.TriggeredBy trigger = parent.request().trigger();
        RunRequest.TriggeredBy inherited = new RunRequest.TriggeredBy("PipelineActivity", trigger.id(), activity.definition().name(),
            parent.now(), trigger.scope(), trigger.body());
        RunRequest request = new RunRequest(runId, pipeline.name(), parameters, inherited, runId, from, null);
        ObjectNode output = JsonNodeFactory.instance.objectNode().put("pipelineName", pipeline.name()).put("pipelineRunId", runId);
        if (!wait) {
            verifyParameters(pipeline, parameters);
            runner.detach(() -> runner.startChild(request, null));
            return output;
        }
        return waited(request, output);
    }

    private ObjectNode waited(RunRequest request, ObjectNode output) throws InterruptedException {
        RunRecord ended = started(request);
        ObjectNode values = ended.returnValues();
        output.set("pipelineReturnValue", runner.concealment().reveal(values));
        return switch (ended.status()) {
            case SUCCEEDED -> output;
            case CANCELLED -> {
                if (activity.cancellation().cancelled()) {
                    throw new InterruptedException();
                }
                throw new ActivityFailure("BadRequest", true, "The pipeline run " + request.runId() + " was cancelled", output, null);
            }
            default -> throw new ActivityFailure("BadRequest", true, ended.message(), output, null);
        };
    }

    private RunRecord started(RunRequest request) {
        try {
            return runner.startChild(request, activity.cancellation());
        } catch (LazuliException problem) {
            throw new ActivityFailure("BadRequest", problem.getMessage(), problem);
        }
    }

    private void verifyParameters(Pipeline pipeline, ObjectNode parameters) {
        try {
            PipelineParameters.bind(pipeline, parameters, activity.definition().place());
        } catch (LazuliException problem) {
            throw new ActivityFailure("BadRequest", problem.getMessage(), problem);
        }
    }
}
