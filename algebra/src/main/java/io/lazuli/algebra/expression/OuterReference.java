package io.lazuli.algebra.expression;

import io.lazuli.algebra.type.DataType;

/** A column of an enclosing query's current row; {@code level} 1 is the nearest enclosing query. */
public record OuterReference(int level, String name, DataType type) implements Expression {
    public OuterReference {
        if (level < 1) {
            throw new IllegalArgumentException("level " + level);
        }
    }

    @Override
    public String toString() {
        return "outer" + level + "." + name;
    }
}
