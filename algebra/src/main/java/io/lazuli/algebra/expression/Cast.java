package io.lazuli.algebra.expression;

import io.lazuli.algebra.type.DataType;
import java.util.Objects;

/** A conversion. What a text looks like is that of the canonical forms; other formats are operators ({@code parse_timestamp}). */
public record Cast(Expression value, DataType type, OnFailure onFailure) implements Expression {
    /** What a value that the target cannot hold becomes. */
    public enum OnFailure {
        /** The query fails with {@code CONVERSION_FAILED}. */
        FAIL,
        NULL
    }

    public Cast {
        Objects.requireNonNull(value);
        Objects.requireNonNull(type);
        Objects.requireNonNull(onFailure);
    }

    /** The value itself if it has the type already, else a cast that fails on bad values. */
    public static Expression strict(Expression value, DataType type) {
        return value.type().equals(type) ? value : new Cast(value, type, OnFailure.FAIL);
    }

    public static Expression orNull(Expression value, DataType type) {
        return value.type().equals(type) ? value : new Cast(value, type, OnFailure.NULL);
    }

    @Override
    public String toString() {
        return (onFailure == OnFailure.FAIL ? "cast(" : "try_cast(") + value + " as " + type + ")";
    }
}
