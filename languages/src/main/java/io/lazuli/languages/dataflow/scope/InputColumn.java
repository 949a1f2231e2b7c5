package io.lazuli.languages.dataflow.scope;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.type.DataType;

/**
 * A column that an expression can see.
 *
 * @param stream the name of the stream that brings it
 * @param origin the stream in which it was made
 * @param drifted whether no projection declared it
 * @param value what stands for it in the plan
 */
public record InputColumn(String name, String stream, String origin, boolean drifted, Expression value) {
    /** A declared column that was made in its stream. */
    public static InputColumn of(String stream, String name, Expression value) {
        return new InputColumn(name, stream, stream, false, value);
    }

    public DataType type() {
        return value.type();
    }
}
