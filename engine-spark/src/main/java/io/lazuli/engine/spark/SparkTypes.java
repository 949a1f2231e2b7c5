package io.lazuli.engine.spark;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;

/** Spark's names of the algebra's types. */
final class SparkTypes {
    private SparkTypes() {
    }

    static String of(DataType type) {
        return switch (type) {
            case ScalarType scalar -> of(scalar);
            case DecimalType decimal -> "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
            case ArrayType array -> "ARRAY<" + of(array.element()) + ">";
            case StructType _, MapType _ -> throw refused(type);
        };
    }

    private static String of(ScalarType type) {
        return switch (type) {
            case NULL -> "VOID";
            case BOOLEAN -> "BOOLEAN";
            case INT8 -> "TINYINT";
            case INT16 -> "SMALLINT";
            case INT32 -> "INT";
            case INT64 -> "BIGINT";
            case FLOAT32 -> "FLOAT";
            case FLOAT64 -> "DOUBLE";
            case STRING -> "STRING";
            case BINARY -> "BINARY";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMP_NTZ";
            case INSTANT -> "TIMESTAMP";
            case UINT8, TIME, UUID, VARIANT -> throw refused(type);
        };
    }

    private static RuntimeException refused(DataType type) {
        return failure(CommonError.NOT_SUPPORTED, "The Spark engine does not have the type '%s'", type);
    }
}
