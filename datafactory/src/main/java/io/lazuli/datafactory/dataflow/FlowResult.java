package io.lazuli.datafactory.dataflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a run of a data flow did, sink by sink. */
public record FlowResult(List<Sink> sinks) {
    /**
     * A sink that was written.
     *
     * @param sourcesRead the rows of each source that the sink's rows come from
     * @param value the rows of a cached sink that goes to the activity's output
     */
    public record Sink(String name, long rowsWritten, long millis, Map<String, Long> sourcesRead, Optional<ArrayNode> value) {
    }

    /** The activity's output as Azure gives it; sinks that wrote no rows are not among the metrics. */
    public ObjectNode output() {
        ObjectNode output = JsonMapper.shared().createObjectNode();
        ObjectNode status = output.putObject("runStatus");
        status.put("computeAcquisitionDuration", 0);
        ObjectNode metrics = status.putObject("metrics");
        for (Sink sink : sinks) {
            sink.value().ifPresent(value -> {
                ObjectNode kept = status.withObject("output").putObject(sink.name());
                kept.set("value", value);
                kept.put("count", value.size());
            });
            if (sink.rowsWritten() > 0) {
                ObjectNode metric = metrics.putObject(sink.name());
                metric.put("rowsWritten", sink.rowsWritten()).put("sinkProcessingTime", sink.millis());
                ObjectNode sources = metric.putObject("sources");
                sink.sourcesRead().forEach((source, rows) -> sources.putObject(source).put("rowsRead", rows));
            }
        }
        output.put("effectiveIntegrationRuntime", "lazuli");
        return output;
    }
}
