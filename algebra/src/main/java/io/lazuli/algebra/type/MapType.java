package io.lazuli.algebra.type;

import java.util.Objects;

/** Keys with values, carried as {@link java.util.Map} in order of insertion. */
public record MapType(DataType key, DataType value) implements DataType {
    public MapType {
        Objects.requireNonNull(key);
        Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
        return "map<" + key + "," + value + ">";
    }
}
