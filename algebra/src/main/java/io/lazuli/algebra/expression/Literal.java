package io.lazuli.algebra.expression;

import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** A constant; {@code value} is of the type's Java class (see {@link ScalarType}) or null. */
public record Literal(Object value, DataType type) implements Expression {
    public static final Literal NULL = new Literal(null, ScalarType.NULL);
    public static final Literal TRUE = new Literal(true, ScalarType.BOOLEAN);
    public static final Literal FALSE = new Literal(false, ScalarType.BOOLEAN);

    public Literal {
        Objects.requireNonNull(type);
        if (value != null && type instanceof ScalarType scalar && !scalar.javaClass().isInstance(value)) {
            throw new IllegalArgumentException("A literal of type " + type + " holds a " + value.getClass().getName());
        }
    }

    public static Literal string(String value) {
        return new Literal(value, ScalarType.STRING);
    }

    public static Literal int32(int value) {
        return new Literal(value, ScalarType.INT32);
    }

    public static Literal int64(long value) {
        return new Literal(value, ScalarType.INT64);
    }

    /** Bytes are compared too, which an array does not do by itself. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Literal literal && type.equals(literal.type) && Objects.deepEquals(value, literal.value);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + (value instanceof byte[] bytes ? Arrays.hashCode(bytes) : Objects.hashCode(value));
    }

    @Override
    public String toString() {
        if (value instanceof byte[] bytes) {
            return "0x" + HexFormat.of().formatHex(bytes);
        }
        return value instanceof String text ? "'" + text.replace("'", "''") + "'" : String.valueOf(value);
    }
}
