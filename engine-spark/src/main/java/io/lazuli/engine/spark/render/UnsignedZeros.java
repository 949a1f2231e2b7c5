package io.lazuli.engine.spark.render;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import java.util.stream.Collectors;

/** Floats whose zeros have no sign, also within arrays, structures and maps: where one of several equal values stays, it is any of them. */
record UnsignedZeros(ExpressionSql expressions) {
    /** The value with the sign taken from its zeros; keys of maps have none. */
    String of(String value, DataType type) {
        return concerns(type) ? taken(value, type) : value;
    }

    /** Whether there are floats in values of the type. */
    private static boolean concerns(DataType type) {
        return switch (type) {
            case ScalarType scalar -> scalar.isFloating();
            case DecimalType _ -> false;
            case MapType map -> concerns(map.value());
            case ArrayType array -> concerns(array.element());
            case StructType struct -> struct.fields().stream().anyMatch(field -> concerns(field.type()));
        };
    }

    private String taken(String value, DataType type) {
        return switch (type) {
            case ArrayType array -> {
                String element = expressions.variable();
                yield "transform(" + value + ", " + element + " -> " + of(element, array.element()) + ")";
            }
            case MapType map -> {
                String entry = expressions.variable();
                yield "transform_values(" + value + ", (" + expressions.variable() + ", " + entry + ") -> " + of(entry, map.value()) + ")";
            }
            case StructType struct -> "CASE WHEN " + value + " IS NOT NULL THEN " + struct.fields().stream()
                .map(field -> field(value, field)).collect(Collectors.joining(", ", "named_struct(", ")")) + " END";
            default -> NumberTexts.unsigned(value, type);
        };
    }

    private String field(String value, Field field) {
        return SparkLiterals.string(SparkTypes.plain(field.name())) + ", "
            + of("(" + value + ")." + SparkTypes.name(field.name()), field.type());
    }
}
