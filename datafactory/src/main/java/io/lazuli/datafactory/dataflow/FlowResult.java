package io.lazuli.datafactory.dataflow;

import io.lazuli.foundation.LazuliException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run of a data flow did, sink by sink.
 *
 * @param failures of sinks. Nothing of theirs was written, but for requests that a REST service had answered and batches of
 *     {@code transactionCommit: 'batch'} that a database had committed
 * @param profile what is known of the columns of the streams
 * @param outline the script without what stands in parentheses
 */
public record FlowResult(List<Sink> sinks, List<LazuliException> failures, ObjectNode profile, String outline) {
    /**
     * A sink that was written.
     *
     * @param sourcesRead the rows of each source that the sink's rows come from, where they could be counted
     * @param value the rows of a cached sink that goes to the activity's output
     * @param streams the rows of the streams on the way, where they are known
     * @param format such as {@code parquet}, empty for a table
     * @param store the type of the linked service, or {@code cache}
     */
    public record Sink(
        String name, long rowsWritten, long millis, Map<String, Long> sourcesRead, Optional<ArrayNode> value, Map<String, Long> streams,
        String format, String store) {
        private ObjectNode metric() {
            ObjectNode metric = JsonMapper.shared().createObjectNode().put("format", format);
            ObjectNode stage = metric.putArray("stages").addObject().put("stage", 0);
            stage.putArray("partitionTimes").add(millis);
            stage.put("recordsWritten", rowsWritten)
                .put("recordsRead", sourcesRead.values().stream().mapToLong(Long::longValue).sum()).put("partitionStatus", "Success");
            ObjectNode counts = stage.putObject("streams");
            streams.forEach((stream, rows) -> {
                ObjectNode count = counts.putObject(stream).put("count", rows).put("cached", false).put("totalPartitions", 1)
                    .put("partitionStatus", "Success");
                count.putArray("partitionCounts").add(rows);
            });
            stage.put("target", name).put("time", millis).put("progressState", "Completed");
            metric.put("sinkPostProcessingTime", 0).put("store", store).put("rowsWritten", rowsWritten);
            metric.putObject("details");
            metric.put("progressState", "Completed").put("sinkProcessingTime", millis);
            ObjectNode sources = metric.putObject("sources");
            sourcesRead.forEach((source, rows) -> sources.putObject(source).put("rowsRead", rows));
            return metric;
        }
    }

    /** The same result, for callers who want no other than that of a run without failures. */
    public FlowResult orThrow() {
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        return this;
    }

    /** The activity's output as Azure gives it; sinks that wrote no rows are not among the metrics. */
    public ObjectNode output() {
        ObjectNode output = JsonMapper.shared().createObjectNode();
        ObjectNode status = output.putObject("runStatus");
        status.put("computeAcquisitionDuration", 0);
        status.set("profile", profile);
        ObjectNode metrics = status.putObject("metrics");
        for (Sink sink : sinks) {
            sink.value().ifPresent(value -> {
                ObjectNode kept = status.withObject("output").putObject(sink.name());
                kept.set("value", value);
                kept.put("count", value.size());
            });
            if (sink.rowsWritten() > 0) {
                metrics.set(sink.name(), sink.metric());
            }
        }
        status.put("dsl", outline);
        output.put("effectiveIntegrationRuntime", "lazuli");
        return output;
    }
}
