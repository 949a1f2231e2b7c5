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

/**
 * Values as JSON texts. DuckDB leaves out the last zeros of decimals; here they go through as marked texts, whose mark and quotes are
 * taken off afterwards.
 */
final class JsonTexts {
    private static final String MARK = "chr(1) || 'decimal' || ";
    private static final String MARKED = "'\"\\\\u0001decimal(-?[0-9.]+)\"'";

    private JsonTexts() {
    }

    static String of(String value, DataType type) {
        if (type instanceof DecimalType) {
            return "CAST(" + value + " AS VARCHAR)";
        }
        return hasDecimals(type) ? "regexp_replace(CAST(to_json(" + marked(value, type, 0) + ") AS VARCHAR), " + MARKED + ", '\\1', 'g')"
            : "CAST(to_json(" + value + ") AS VARCHAR)";
    }

    static boolean hasDecimals(DataType type) {
        return switch (type) {
            case DecimalType _ -> true;
            case ScalarType _ -> false;
            case ArrayType array -> hasDecimals(array.element());
            case MapType map -> hasDecimals(map.value());
            case StructType struct -> struct.fields().stream().anyMatch(field -> hasDecimals(field.type()));
        };
    }

    private static String marked(String value, DataType type, int depth) {
        if (!hasDecimals(type)) {
            return value;
        }
        String part = "\"~j" + depth + "\"";
        return switch (type) {
            case ArrayType array -> "list_transform(" + value + ", lambda " + part + ": " + marked(part, array.element(), depth + 1) + ")";
            case MapType map -> "CASE WHEN " + value + " IS NOT NULL THEN map_from_entries(list_transform(map_entries(" + value
                + "), lambda " + part + ": struct_pack(key := " + part + ".key, value := "
                + marked(part + ".value", map.value(), depth + 1) + "))) END";
            case StructType struct -> {
                List<String> names = SqlNames.of(struct);
                yield IntStream.range(0, names.size())
                    .mapToObj(i -> SqlNames.quote(names.get(i)) + " := " + marked("struct_extract(" + value + ", "
                        + SqlLiterals.string(names.get(i)) + ")", struct.fields().get(i).type(), depth))
                    .collect(Collectors.joining(", ", "CASE WHEN " + value + " IS NOT NULL THEN struct_pack(", ") END"));
            }
            default -> MARK + "CAST(" + value + " AS VARCHAR)";
        };
    }
}
