package io.lazuli.algebra.plan;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.type.Field;

/** An output column: a name and what it is computed from. */
public record NamedExpression(String name, Expression expression) {
    public Field field() {
        return new Field(name, expression.type());
    }

    @Override
    public String toString() {
        return name + " := " + expression;
    }
}
