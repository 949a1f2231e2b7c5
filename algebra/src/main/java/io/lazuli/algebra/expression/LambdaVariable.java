package io.lazuli.algebra.expression;

import io.lazuli.algebra.type.DataType;

/** A parameter of the enclosing {@link Lambda}. */
public record LambdaVariable(String name, DataType type) implements Expression {
    @Override
    public String toString() {
        return name;
    }
}
