package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import java.util.List;
import java.util.Map;

/**
 * A data flow as plans.
 *
 * @param streams the rows behind each transformation, by name ({@code split@output} for those with several outputs)
 * @param sinks in the order of the script; cached ones among them
 */
public record CompiledFlow(Map<String, FlowStream> streams, List<SinkRows> sinks) {
    public CompiledFlow {
        sinks = List.copyOf(sinks);
    }

    /** What a sink is to write. */
    public record SinkRows(Arguments arguments, FlowStream stream) {
        public String name() {
            return arguments.statement().name();
        }

        public boolean isCache() {
            return arguments.text("store").orElse("").equals("cache");
        }
    }

    public FlowStream stream(String name) {
        FlowStream stream = streams.get(name);
        if (stream == null) {
            throw failure(CommonError.NOT_FOUND, "The data flow has no stream '%s'%s", name, NearestName.hint(name, streams.keySet()));
        }
        return stream;
    }
}
