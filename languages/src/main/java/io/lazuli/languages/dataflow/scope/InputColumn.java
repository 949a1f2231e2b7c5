package io.lazuli.languages.dataflow.scope;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.type.DataType;
import java.util.List;

/**
 * A column that an expression can see.
 *
 * @param stream the name of the stream that brings it
 * @param streams all that it came through by then, the latest last
 * @param origin the stream in which it was made
 * @param drifted whether no projection declared it
 * @param value what stands for it in the plan
 */
public record InputColumn(String name, String stream, List<String> streams, String origin, boolean drifted, Expression value) {
    public InputColumn {
        streams = List.copyOf(streams);
    }

    /** A declared column that was made in its stream. */
    public static InputColumn of(String stream, String name, Expression value) {
        return new InputColumn(name, stream, List.of(stream), stream, false, value);
    }

    /** Through how many streams it went after one that it came through. */
    int distance(String from) {
        return streams.size() - streams.indexOf(from);
    }

    public DataType type() {
        return value.type();
    }
}
