package io.lazuli.datafactory.copy;

import io.lazuli.datafactory.activity.ActivityFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A copy's output with the names that Azure gives its properties. */
final class CopyOutput {
    private static final String INTEGRATION_RUNTIME = "AutoResolveIntegrationRuntime (local)";
    private static final Pattern SIDE = Pattern.compile("happened on '(\\w+)' side");

    private final CopySettings settings;
    private final String source;
    private final String sink;

    CopyOutput(CopySettings settings, String source, String sink) {
        this.settings = settings;
        this.source = source;
        this.sink = sink;
    }

    ObjectNode of(CopyCounts counts, Instant start, Instant end, CopyLog log, List<String> notes) {
        ObjectNode output = counts.json();
        if (settings.skipIncompatibleRows() && counts.rowsRead() >= 0) {
            output.put("rowsSkipped", counts.rowsSkipped());
        }
        Duration duration = Duration.between(start, end);
        int seconds = Math.max(1, (int) Math.ceil(duration.toMillis() / 1000.0));
        double kilobytes = Math.max(counts.dataRead(), counts.dataWritten()) / 1024.0;
        output.put("copyDuration", seconds).put("throughput", Math.round(kilobytes / seconds * 1000) / 1000.0);
        if (log != null) {
            output.put(log.older() ? "redirectRowPath" : "logFilePath", log.folder());
        }
        output.putArray("errors");
        output.put("effectiveIntegrationRuntime", INTEGRATION_RUNTIME);
        output.put("usedDataIntegrationUnits", settings.dataIntegrationUnits());
        output.set("billingReference", billing());
        output.put("usedParallelCopies", settings.parallelCopies());
        output.putArray("executionDetails").add(details(start, seconds));
        output.putObject("dataConsistencyVerification")
            .put("VerificationResult", settings.validateDataConsistency() ? "Verified" : "NotVerified")
            .put("InconsistentData", counts.rowsRead() < 0 && counts.rowsSkipped() > 0 ? "Skipped" : "None");
        output.putObject("durationInQueue").put("integrationRuntimeQueue", 0);
        if (!notes.isEmpty()) {
            var array = output.putArray("notes");
            notes.forEach(array::add);
        }
        return output;
    }

    /** The output of a copy that failed: nothing was moved, and {@code errors} says why. */
    static ObjectNode failed(ActivityFailure failure) {
        ObjectNode output = CopyCounts.NONE.json();
        output.put("copyDuration", 0).put("throughput", 0.0);
        ObjectNode error = output.putArray("errors").addObject();
        error.put("Code", 11000).put("Message", failure.getMessage()).put("EventType", 0).put("Category", 5);
        Matcher side = SIDE.matcher(failure.getMessage());
        ObjectNode data = error.putObject("Data");
        if (side.find()) {
            data.put("FailureInitiator", side.group(1));
        }
        error.putNull("MsgId").putNull("ExceptionType").putNull("Source").put("StackTrace", "").putArray("InnerEventInfos");
        output.put("effectiveIntegrationRuntime", INTEGRATION_RUNTIME);
        output.set("billingReference", billing());
        output.putObject("dataConsistencyVerification").put("VerificationResult", "NotVerified").put("InconsistentData", "None");
        output.putObject("durationInQueue").put("integrationRuntimeQueue", 0);
        return output;
    }

    /** Nothing is billed: the duration is 0. */
    private static ObjectNode billing() {
        ObjectNode billing = JsonNodeFactory.instance.objectNode().put("activityType", "DataMovement");
        billing.putArray("billableDuration").addObject().put("meterType", "AzureIR").put("duration", 0.0).put("unit", "DIUHours");
        return billing;
    }

    private ObjectNode details(Instant start, int seconds) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.putObject("source").put("type", source);
        details.putObject("sink").put("type", sink);
        details.put("status", "Succeeded").put("start", start.toString()).put("duration", seconds);
        details.put("usedDataIntegrationUnits", settings.dataIntegrationUnits()).put("usedParallelCopies", settings.parallelCopies());
        ObjectNode profile = details.putObject("profile");
        profile.putObject("queue").put("status", "Completed").put("duration", 0);
        ObjectNode transfer = profile.putObject("transfer").put("status", "Completed").put("duration", seconds);
        ObjectNode steps = transfer.putObject("details");
        steps.putObject("readingFromSource").put("type", source).put("workingDuration", seconds);
        steps.putObject("writingToSink").put("type", sink).put("workingDuration", seconds);
        details.putObject("detailedDurations").put("queuingDuration", 0).put("transferDuration", seconds);
        return details;
    }
}
