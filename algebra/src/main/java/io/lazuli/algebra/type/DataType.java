package io.lazuli.algebra.type;

/**
 * The type of a value. Every value may be null.
 *
 * <p>Types compare by value and print as {@code decimal(10,2)}, {@code array<string>}, {@code struct<id:int64,tags:map<string,string>>}.
 */
public sealed interface DataType permits ScalarType, DecimalType, StructType, ArrayType, MapType {
    default boolean isNumeric() {
        return this instanceof DecimalType || this instanceof ScalarType scalar && scalar.kind() == ScalarType.Kind.NUMBER;
    }

    default boolean isInteger() {
        return this == ScalarType.INT8 || this == ScalarType.UINT8 || this == ScalarType.INT16 || this == ScalarType.INT32
            || this == ScalarType.INT64;
    }

    default boolean isFloating() {
        return this == ScalarType.FLOAT32 || this == ScalarType.FLOAT64;
    }

    default boolean isTemporal() {
        return this instanceof ScalarType scalar && scalar.kind() == ScalarType.Kind.TIME;
    }
}
