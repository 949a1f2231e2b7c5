package io.lazuli.datafactory.run;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.activity.Services;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.Parameter;
import io.lazuli.datafactory.workspace.Pipeline;
import io.lazuli.datafactory.workspace.PipelineParameters;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One run of a pipeline while it runs: its journal, its variables, and its activities. */
final class PipelineRun {
    private final PipelineRunner runner;
    private final Pipeline pipeline;
    private final RunRequest request;
    private final Journal journal;
    private final RunRecord record;
    private final Cancellation cancellation = new Cancellation();
    private final Concealment concealment;
    private final ObjectNode systemVariables;

    PipelineRun(PipelineRunner runner, Pipeline pipeline, RunRequest request, Journal journal, RunRecord record) {
        this.runner = runner;
        this.pipeline = pipeline;
        this.request = request;
        this.journal = journal;
        this.record = record;
        this.concealment = runner.concealment();
        this.systemVariables = system();
        PipelineParameters.variables(pipeline).properties()
            .forEach(variable -> record.initialVariable(variable.getKey(), variable.getValue()));
    }

    private ObjectNode system() {
        ObjectNode json = JsonNodeFactory.instance.objectNode()
            .put("DataFactory", services().configuration().factory().name() == null
                ? services().workspace().name() : services().configuration().factory().name())
            .put("Pipeline", pipeline.name())
            .put("RunId", request.runId())
            .put("TriggerType", request.trigger().type())
            .put("TriggerId", request.trigger().id())
            .put("TriggerName", request.trigger().name())
            .put("TriggerTime", Times.iso(request.trigger().time()))
            .put("GroupId", request.groupId());
        json.put("TriggeredByPipelineName", request.parent() == null ? null : request.parent().pipeline());
        json.put("TriggeredByPipelineRunId", request.parent() == null ? null : request.parent().runId());
        json.set("parameters", request.parameters());
        ObjectNode global = json.putObject("globalParameters");
        services().workspace().globalParameters().forEach(global::set);
        services().configuration().parameters().forEach((name, value) -> {
            String known = global.propertyNames().stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
            global.set(known, value);
        });
        return json;
    }

    /** Runs the activities that the journal does not have yet, and journals how the run ended. */
    void execute() {
        try {
            Results results = new Results(null);
            Map<String, ActivityResult> ends = runList(pipeline.activities(), "", results, null, cancellation);
            Optional<ActivityResult> failed = LeafStatus.failure(pipeline.activities(), ends);
            end(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            end(Optional.empty());
        }
    }

    private void end(Optional<ActivityResult> failed) {
        RunStatus status = cancellation.cancelled() ? RunStatus.CANCELLED : failed.isPresent() ? RunStatus.FAILED : RunStatus.SUCCEEDED;
        String message = switch (status) {
            case CANCELLED -> "The run was cancelled";
            case FAILED -> "Operation on target " + failed.orElseThrow().name() + " failed: " + failed.orElseThrow().message();
            default -> "";
        };
        append(JournalEvents.runEnded(now(), status, message));
    }

    /** Runs the activities of the pipeline or of a container to their ends. */
    Map<String, ActivityResult> runList(
            List<ActivityDefinition> activities, String prefix, Results results, JsonNode item, Cancellation within)
            throws InterruptedException {
        ActivityRunner single = new ActivityRunner(this, prefix, results, item, within);
        return new ActivityGraph(activities).run(single::run, single::skip);
    }

    void append(ObjectNode event) {
        journal.append(event, record::apply);
    }

    JsonNode variable(String name) {
        return concealment.reveal(record.variable(declaredVariable(name).name()).orElseThrow());
    }

    /** The variable of that name, case ignored. */
    Parameter declaredVariable(String name) {
        return pipeline.variables().values().stream().filter(variable -> variable.name().equalsIgnoreCase(name)).findFirst()
            .orElseThrow(() -> failure(DataFactoryError.BROKEN_REFERENCE, Place.UNKNOWN, "There is no variable '%s' in pipeline '%s'%s",
                name, pipeline.name(), NearestName.hint(name, pipeline.variables().keySet())));
    }

    void cancel() {
        cancellation.cancel(Cancellation.Reason.CANCELLED);
    }

    Cancellation cancellation() {
        return cancellation;
    }

    Instant now() {
        return services().clock().instant();
    }

    Services services() {
        return runner.services();
    }

    PipelineRunner runner() {
        return runner;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    RunRequest request() {
        return request;
    }

    RunRecord record() {
        return record;
    }

    Concealment concealment() {
        return concealment;
    }

    ObjectNode systemVariables() {
        return systemVariables;
    }
}
