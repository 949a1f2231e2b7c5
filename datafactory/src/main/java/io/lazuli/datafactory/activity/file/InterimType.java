package io.lazuli.datafactory.activity.file;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;

/** Data Factory's interim types, the names by which it tells the type of a column. */
public final class InterimType {
    private InterimType() {
    }

    public static String name(DataType type) {
        return switch (type) {
            case ScalarType scalar -> scalar(scalar);
            case DecimalType decimal -> "Decimal";
            case ArrayType array -> "Array";
            case StructType struct -> "Object";
            case MapType map -> "Object";
        };
    }

    private static String scalar(ScalarType type) {
        return switch (type) {
            case NULL, STRING, VARIANT -> "String";
            case BOOLEAN -> "Boolean";
            case INT8 -> "SByte";
            case UINT8 -> "Byte";
            case INT16 -> "Int16";
            case INT32 -> "Int32";
            case INT64 -> "Int64";
            case FLOAT32 -> "Single";
            case FLOAT64 -> "Double";
            case BINARY -> "Byte[]";
            case DATE -> "Date";
            case TIME -> "TimeSpan";
            case TIMESTAMP -> "DateTime";
            case INSTANT -> "DateTimeOffset";
            case UUID -> "Guid";
        };
    }
}
