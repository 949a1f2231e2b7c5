package io.lazuli.algebra.type;

import java.util.Objects;

/** A list of values of one type, carried as {@link java.util.List}. */
public record ArrayType(DataType element) implements DataType {
    public ArrayType {
        Objects.requireNonNull(element);
    }

    @Override
    public String toString() {
        return "array<" + element + ">";
    }
}
