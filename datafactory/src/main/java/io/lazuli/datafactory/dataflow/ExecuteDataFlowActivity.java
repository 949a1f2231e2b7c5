package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.workspace.DataFlow;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The data flow activity: runs a flow with all its sinks, as one durable step. */
final class ExecuteDataFlowActivity implements Activity {
    @Override
    public ObjectNode run(ActivityContext context) {
        try {
            return context.once("run", () -> write(context));
        } catch (LazuliException e) {
            if (e.code() == CommonError.CANCELLED) {
                throw e;
            }
            throw translated(e, e.getMessage(), JsonMapper.shared().createObjectNode());
        }
    }

    private static ActivityFailure translated(LazuliException e, String reason, ObjectNode output) {
        boolean user = e.code().category() == ErrorCode.Category.USER;
        String code = e.code() == DataFactoryError.ERROR_ROWS_FOUND ? "DF-MSSQL-ErrorRowsFound"
            : user ? "DFExecutorUserError" : "DF-Executor-InternalServerError";
        ObjectNode message = JsonMapper.shared().createObjectNode();
        message.put("StatusCode", code);
        message.put("Message", "Job failed due to reason: " + reason);
        message.put("Details", e.code().name() + (e.place() == Place.UNKNOWN ? "" : " " + e.place()));
        return new ActivityFailure(code, user, message.toString(), output, e);
    }

    private static ObjectNode write(ActivityContext context) {
        ObjectNode properties = context.properties();
        Place place = context.definition().place().member("typeProperties");
        JsonNode reference = properties.has("dataflow") ? properties.get("dataflow") : properties.path("dataFlow");
        if (!reference.path("referenceName").isString()) {
            throw failure(DataFactoryError.MISSING_PROPERTY, place, "The activity names no data flow: it needs 'dataflow'");
        }
        DataFlow artifact = context.services().workspace()
            .dataFlow(reference.path("referenceName").stringValue(), place.member("dataflow"));
        Place there = place.member("dataflow");
        FlowSettings settings = new FlowSettings(object(reference, "parameters", there), object(reference, "datasetParameters", there),
            context::dataset, context::linkedService, context.activityRunId(), context.execution(), there,
            checkpointKey(context), properties.path("cacheSinks").path("firstRowOnly").asBoolean(false),
            properties.path("continueOnError").asBoolean(false));
        FlowDefinition flow = FlowDefinition.of(artifact).withLinkedServiceParameters(object(reference, "linkedServiceParameters", there),
            there.member("linkedServiceParameters"));
        try (FlowRun run = FlowRun.open(context.services(), flow, settings)) {
            return outputOf(run.write());
        }
    }

    /** What was written is in the output also when sinks failed. */
    private static ObjectNode outputOf(FlowResult result) {
        if (result.failures().isEmpty()) {
            return result.output();
        }
        throw translated(result.failures().getFirst(),
            result.failures().stream().map(LazuliException::getMessage).collect(Collectors.joining("\n")), result.output());
    }

    /** The one that {@code continuationSettings} name, else one for each activity of a pipeline. */
    private static String checkpointKey(ActivityContext context) {
        String named = context.properties().path("continuationSettings").path("customizedCheckpointKey").asString("");
        return named.isBlank() ? context.evaluate(JsonNodeFactory.instance.stringNode("@{pipeline().Pipeline}")).asString() + "/"
            + context.definition().name() : named;
    }

    private static ObjectNode object(JsonNode owner, String member, Place place) {
        return switch (owner.path(member)) {
            case ObjectNode values -> values;
            case JsonNode none when none.isMissingNode() || none.isNull() -> JsonMapper.shared().createObjectNode();
            case JsonNode other -> throw failure(CommonError.INVALID_ARGUMENT, place.member(member),
                "'%s' of a data flow is an object, not %s", member, other);
        };
    }
}
