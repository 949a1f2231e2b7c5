package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.algebra.type.StructType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Floats whose zeros have no sign. Where one of several equal values stays, such as a group's key, DuckDB keeps the zero that came first,
 * and which one that is depends on threads.
 */
final class UnsignedZero {
    private UnsignedZero() {
    }

    static boolean concerns(Schema schema) {
        return schema.fields().stream().anyMatch(field -> concerns(field.type()));
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

    /** The value with the sign taken from its zeros; keys of maps have none. */
    static String of(String value, DataType type) {
        return concerns(type) ? taken(value, type, 0) : value;
    }

    private static String taken(String value, DataType type, int depth) {
        return switch (type) {
            case ArrayType array -> {
                String element = "\"~z" + depth + "\"";
                yield "list_transform(" + value + ", lambda " + element + ": " + taken(element, array.element(), depth + 1) + ")";
            }
            case MapType map -> {
                String entry = "\"~z" + depth + "\"";
                yield "map_from_entries(list_transform(map_entries(" + value + "), lambda " + entry + ": struct_pack(key := " + entry
                    + ".key, value := " + taken(entry + ".value", map.value(), depth + 1) + ")))";
            }
            case StructType struct -> {
                List<String> names = SqlNames.of(struct);
                yield IntStream.range(0, names.size())
                    .mapToObj(i -> SqlNames.quote(names.get(i)) + " := " + taken("struct_extract(" + value + ", "
                        + SqlLiterals.string(names.get(i)) + ")", struct.fields().get(i).type(), depth))
                    .collect(Collectors.joining(", ", "CASE WHEN " + value + " IS NOT NULL THEN struct_pack(", ") END"));
            }
            default -> type.isFloating() ? "CAST(" + value + " + 0.0 AS " + SqlTypes.of(type) + ")" : value;
        };
    }
}
