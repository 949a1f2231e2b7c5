package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.StructType;
import io.lazuli.engine.duckdb.render.Rendering.Arguments;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The order of arrays and structures: a null part is less than any other. For DuckDB it is the greatest, so that what is compared has
 * beside each part whether it is there.
 */
final class NestedOrder {
    private NestedOrder() {
    }

    /** The comparison of two values by a sign. */
    static Rendering.Scalar comparison(String sign) {
        return arguments -> {
            DataType type = arguments.types().getFirst();
            return "(" + key(arguments.sql().get(0), type) + " " + sign + " " + key(arguments.sql().get(1), type) + ")";
        };
    }

    /** The greatest or least of the values that are not null. */
    static String extreme(String function, Arguments arguments) {
        DataType type = arguments.types().getFirst();
        if (!isNested(type)) {
            return UnsignedZero.of(arguments.fill(function + "({*})"), type);
        }
        String candidates = arguments.sql().stream().map(value -> "{'v': " + value + "}").collect(Collectors.joining(", ", "[", "]"));
        String keyed = "list_transform(list_filter(" + candidates + ", lambda \"~x\": \"~x\".v IS NOT NULL), lambda \"~x\": {'k': "
            + key("\"~x\".v", type) + ", 'v': \"~x\".v})";
        return UnsignedZero.of("list_" + (function.equals("greatest") ? "max(" : "min(") + keyed + ").v", type);
    }

    /** What sorts as the value does. */
    static String key(String value, DataType type) {
        return switch (type) {
            case ArrayType array -> {
                String part = "\"~o" + depth(array) + "\"";
                yield "list_transform(" + value + ", lambda " + part + ": " + part(part, array.element()) + ")";
            }
            case StructType struct -> {
                List<String> names = SqlNames.of(struct);
                List<Field> fields = struct.fields();
                yield IntStream.range(0, fields.size()).mapToObj(i -> "'f" + i + "': " + part("struct_extract(" + value + ", "
                    + SqlLiterals.string(names.get(i)) + ")", fields.get(i).type()))
                    .collect(Collectors.joining(", ", "CASE WHEN " + value + " IS NOT NULL THEN {", "} END"));
            }
            default -> value;
        };
    }

    private static String part(String value, DataType type) {
        return "{'a': " + value + " IS NOT NULL, 'b': " + key(value, type) + "}";
    }

    static boolean isNested(DataType type) {
        return type instanceof ArrayType || type instanceof StructType;
    }

    private static int depth(DataType type) {
        return switch (type) {
            case ArrayType array -> 1 + depth(array.element());
            case StructType struct -> struct.fields().stream().mapToInt(field -> depth(field.type())).max().orElse(0);
            default -> 0;
        };
    }
}
