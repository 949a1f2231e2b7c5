package io.lazuli.engine.spark.render;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.engine.spark.worker.Shape;
import io.lazuli.foundation.CommonError;
import java.util.List;
import java.util.stream.Collectors;

/** Spark's names of the algebra's types. Variants and UUIDs travel as texts, bytes without a sign as wider numbers. */
public final class SparkTypes {
    private SparkTypes() {
    }

    public static String of(DataType type) {
        return switch (type) {
            case ScalarType scalar -> of(scalar);
            case DecimalType decimal -> "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
            case ArrayType array -> "ARRAY<" + of(array.element()) + ">";
            case MapType map -> "MAP<" + of(map.key()) + "," + of(map.value()) + ">";
            case StructType struct -> struct.fields().stream().map(field -> name(field.name()) + ":" + of(field.type()))
                .collect(Collectors.joining(",", "STRUCT<", ">"));
        };
    }

    /** A name as Spark takes it; it has no empty ones. */
    static String name(String name) {
        return "`" + plain(name).replace("`", "``") + "`";
    }

    static String plain(String name) {
        return name.isEmpty() ? " " : name;
    }

    private static String of(ScalarType type) {
        return switch (type) {
            case BOOLEAN -> "BOOLEAN";
            case INT8 -> "TINYINT";
            case INT16, UINT8 -> "SMALLINT";
            case INT32 -> "INT";
            case INT64 -> "BIGINT";
            case FLOAT32 -> "FLOAT";
            case FLOAT64 -> "DOUBLE";
            case NULL, STRING, UUID, VARIANT -> "STRING";
            case BINARY -> "BINARY";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMP_NTZ";
            case INSTANT -> "TIMESTAMP";
            case TIME -> throw failure(CommonError.NOT_SUPPORTED, "The Spark engine does not have the type '%s'", type);
        };
    }

    /** The type for functions that read and write JSON. */
    static Shape shape(DataType type) {
        return switch (type) {
            case ScalarType scalar -> new Shape(kind(scalar), List.of(), List.of(), 0);
            case DecimalType decimal -> new Shape(Shape.Kind.DECIMAL, List.of(), List.of(), decimal.scale());
            case ArrayType array -> new Shape(Shape.Kind.ARRAY, List.of(), List.of(shape(array.element())), 0);
            case MapType map -> new Shape(Shape.Kind.MAP, List.of(), List.of(shape(map.key()), shape(map.value())), 0);
            case StructType struct -> new Shape(Shape.Kind.STRUCTURE, struct.fields().stream().map(Field::name).toList(),
                struct.fields().stream().map(field -> shape(field.type())).toList(), 0);
        };
    }

    private static Shape.Kind kind(ScalarType type) {
        return switch (type) {
            case BOOLEAN -> Shape.Kind.BOOLEAN;
            case INT8 -> Shape.Kind.INT8;
            case INT16, UINT8 -> Shape.Kind.INT16;
            case INT32 -> Shape.Kind.INT32;
            case INT64 -> Shape.Kind.INT64;
            case FLOAT32 -> Shape.Kind.FLOAT32;
            case FLOAT64 -> Shape.Kind.FLOAT64;
            case NULL, STRING, UUID, TIME -> Shape.Kind.TEXT;
            case VARIANT -> Shape.Kind.JSON;
            case BINARY -> Shape.Kind.BINARY;
            case DATE -> Shape.Kind.DATE;
            case TIMESTAMP -> Shape.Kind.TIMESTAMP;
            case INSTANT -> Shape.Kind.INSTANT;
        };
    }
}
