package io.lazuli.datafactory.activity.control;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.configuration.ActivityStandIn;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Shape;
import io.lazuli.foundation.CommonError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An activity whose service is not on this machine, such as a notebook: what {@code lazuli.yaml} says under {@code activities} is done
 * instead, else it is refused.
 */
public record StandInActivity(String name) implements ActivityType {
    /** The types that run through a stand-in only. */
    public static final String[] NAMES = {
        "SynapseNotebook", "DatabricksNotebook", "DatabricksSparkPython", "DatabricksSparkJar", "DatabricksJob", "SparkJob",
        "SynapseSparkJob", "SparkJobDefinition", "HDInsightHive", "HDInsightPig", "HDInsightMapReduce", "HDInsightStreaming",
        "HDInsightSpark", "Custom", "ExecuteSSISPackage", "AzureMLBatchExecution", "AzureMLBatchScoring", "AzureMLUpdateResource",
        "AzureMLExecutePipeline", "AzureDataExplorerCommand", "DataLakeAnalyticsU-SQL", "ExecuteWranglingDataflow", "TridentNotebook"};

    @Override
    public Shape typeProperties() {
        return Shape.ANYTHING;
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return StandInActivity::run;
    }

    private static ObjectNode run(ActivityContext context) throws InterruptedException {
        ActivityDefinition definition = context.definition();
        ActivityStandIn standIn = context.services().configuration().standIn(context.orchestration().pipeline(), definition)
            .orElseThrow(() -> failure(CommonError.NOT_SUPPORTED, definition.place(),
                "Activities of type %s are not run on this machine. Give '%s' a stand-in in lazuli.yaml, under 'activities': "
                    + "a command, a fixed output or a failure", definition.type(), definition.name()));
        if (standIn.fail() != null) {
            throw new ActivityFailure("StandInFailed", standIn.fail());
        }
        if (standIn.output() != null) {
            return object(context.evaluate(standIn.output()), context);
        }
        return command(context, standIn.command());
    }

    private static ObjectNode command(ActivityContext context, String command) throws InterruptedException {
        String printed = new ShellCommand(context).run(command).strip();
        try {
            return printed.startsWith("{") || printed.startsWith("[") ? object(context.services().json().readTree(printed), context)
                : context.services().json().createObjectNode().put("result", printed);
        } catch (JacksonException notJson) {
            return context.services().json().createObjectNode().put("result", printed);
        }
    }

    private static ObjectNode object(JsonNode value, ActivityContext context) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        ObjectNode output = context.services().json().createObjectNode();
        output.set("result", value);
        return output;
    }
}
