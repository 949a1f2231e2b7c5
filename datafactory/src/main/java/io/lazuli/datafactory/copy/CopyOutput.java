package io.lazuli.datafactory.copy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A copy's output with the names that Azure gives its properties. */
final class CopyOutput {
    private static final String INTEGRATION_RUNTIME = "AutoResolveIntegrationRuntime (local)";

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
