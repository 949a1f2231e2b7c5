package io.lazuli.algebra.type;

import java.util.Objects;

/** A named, typed column or structure field. Names are case-sensitive. */
public record Field(String name, DataType type) {
    public Field {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
    }

    @Override
    public String toString() {
        return name + " " + type;
    }
}
