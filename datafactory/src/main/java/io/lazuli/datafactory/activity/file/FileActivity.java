package io.lazuli.datafactory.activity.file;

import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.FileError;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.foundation.LazuliException;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** What the activities on files have in common: their dataset, their settings, the end of their output. */
final class FileActivity {
    /** Where all activities on files run. */
    static final String RUNTIME = "AutoResolveIntegrationRuntime (Local)";

    private FileActivity() {
    }

    /** The dataset of {@code typeProperties.dataset}. */
    static ResolvedDataset dataset(ActivityContext context) {
        return context.dataset(Reference.of(
            context.definition().typeProperties(), "dataset", context.definition().place().member("typeProperties")));
    }

    static Settings settings(ActivityContext context) {
        return new Settings(context.properties(), "activity '" + context.definition().name() + "'");
    }

    /** Ends an output as the monitor shows it; {@code started} by the services' clock. */
    static ObjectNode finish(ObjectNode output, ActivityContext context, Instant started) {
        output.put("effectiveIntegrationRuntime", RUNTIME);
        output.put("executionDuration", Math.max(0, context.services().clock().instant().getEpochSecond() - started.getEpochSecond()));
        output.set("durationInQueue", output.objectNode().put("integrationRuntimeQueue", 0));
        return output;
    }

    /** The failure that Azure's activity has for what a connector said; failures that are not about the user's files stay as they are. */
    static RuntimeException failed(String errorCode, String message, LazuliException cause) {
        return cause.code() instanceof FileError ? new ActivityFailure(errorCode, message, cause) : cause;
    }
}
