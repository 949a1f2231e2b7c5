package io.lazuli.algebra.type;

import java.util.Locale;

/** The types without parameters, each with the Java class that carries its values in literals and rows. */
public enum ScalarType implements DataType {
    /** The type of a bare null; it converts to any other. */
    NULL(Kind.OTHER, Void.class),
    BOOLEAN(Kind.OTHER, Boolean.class),
    INT8(Kind.NUMBER, Byte.class),
    UINT8(Kind.NUMBER, Short.class),
    INT16(Kind.NUMBER, Short.class),
    INT32(Kind.NUMBER, Integer.class),
    INT64(Kind.NUMBER, Long.class),
    FLOAT32(Kind.NUMBER, Float.class),
    FLOAT64(Kind.NUMBER, Double.class),
    STRING(Kind.OTHER, String.class),
    BINARY(Kind.OTHER, byte[].class),
    DATE(Kind.TIME, java.time.LocalDate.class),
    /** A time of day, to the microsecond. */
    TIME(Kind.TIME, java.time.LocalTime.class),
    /** A date and time without a zone, to the microsecond. */
    TIMESTAMP(Kind.TIME, java.time.LocalDateTime.class),
    /** A point on the world's time line, to the microsecond. */
    INSTANT(Kind.TIME, java.time.Instant.class),
    UUID(Kind.OTHER, java.util.UUID.class),
    /** A value whose type varies by row, as JSON text. */
    VARIANT(Kind.OTHER, String.class);

    /** A coarse family, for type rules. */
    public enum Kind { NUMBER, TIME, OTHER }

    private final Kind kind;
    private final Class<?> javaClass;

    ScalarType(Kind kind, Class<?> javaClass) {
        this.kind = kind;
        this.javaClass = javaClass;
    }

    public Kind kind() {
        return kind;
    }

    public Class<?> javaClass() {
        return javaClass;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
