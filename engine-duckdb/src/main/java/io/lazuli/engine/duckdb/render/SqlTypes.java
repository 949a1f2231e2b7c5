package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** DuckDB's names of the algebra's types. */
public final class SqlTypes {
    private SqlTypes() {
    }

    public static String of(DataType type) {
        return switch (type) {
            case ScalarType scalar -> of(scalar);
            case DecimalType decimal -> "DECIMAL(" + decimal.precision() + ", " + decimal.scale() + ")";
            case ArrayType array -> of(array.element()) + "[]";
            case MapType map -> "MAP(" + of(map.key()) + ", " + of(map.value()) + ")";
            case StructType struct -> of(struct);
        };
    }

    private static String of(StructType struct) {
        List<String> names = SqlNames.of(struct);
        return IntStream.range(0, names.size())
            .mapToObj(i -> SqlNames.quote(names.get(i)) + " " + of(struct.fields().get(i).type()))
            .collect(Collectors.joining(", ", "STRUCT(", ")"));
    }

    private static String of(ScalarType type) {
        return switch (type) {
            case NULL, STRING -> "VARCHAR";
            case BOOLEAN -> "BOOLEAN";
            case INT8 -> "TINYINT";
            case UINT8 -> "UTINYINT";
            case INT16 -> "SMALLINT";
            case INT32 -> "INTEGER";
            case INT64 -> "BIGINT";
            case FLOAT32 -> "FLOAT";
            case FLOAT64 -> "DOUBLE";
            case BINARY -> "BLOB";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case TIMESTAMP -> "TIMESTAMP";
            case INSTANT -> "TIMESTAMPTZ";
            case UUID -> "UUID";
            case VARIANT -> "JSON";
        };
    }
}
