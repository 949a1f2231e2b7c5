package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import java.util.List;
import java.util.Map;

/**
 * A data flow as plans.
 *
 * @param streams the rows behind each transformation, by name ({@code split@output} for those with several outputs)
 * @param sinks in the order of the script; cached ones among them
 * @param warnings what keeps no row from being computed and is hardly meant
 */
public record CompiledFlow(Map<String, FlowStream> streams, List<SinkRows> sinks, List<LazuliException> warnings) {
    public CompiledFlow {
        sinks = List.copyOf(sinks);
        warnings = List.copyOf(warnings);
    }

    /**
     * What a sink is to write.
     *
     * @param input the rows that come in, before the sink's mapping
     * @param outputs the columns that its mapping makes of them
     */
    public record SinkRows(Arguments arguments, FlowStream stream, FlowStream input, List<FlowColumn.Output> outputs) {
        public SinkRows {
            outputs = List.copyOf(outputs);
        }

        static SinkRows of(Arguments arguments, FlowStream input, List<FlowColumn.Output> outputs) {
            return new SinkRows(arguments, input.select(outputs), input, outputs);
        }

        /** The stream with hidden columns, the prefix and a number from 0, for the values of expressions over each row. */
        public FlowStream with(String prefix, List<FlowExpression> values) {
            return SinkValues.of(this, prefix, values);
        }

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
