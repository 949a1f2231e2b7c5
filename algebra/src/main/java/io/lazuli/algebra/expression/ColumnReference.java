package io.lazuli.algebra.expression;

import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;

/** A column of the plan's input, by name; for a join, of either input (names are unique across both). */
public record ColumnReference(String name, DataType type) implements Expression {
    public static ColumnReference of(Field field) {
        return new ColumnReference(field.name(), field.type());
    }

    @Override
    public String toString() {
        return name;
    }
}
