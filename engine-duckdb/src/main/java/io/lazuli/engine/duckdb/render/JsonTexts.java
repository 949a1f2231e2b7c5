package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Values as JSON texts. DuckDB leaves out the last zeros of decimals and writes floats otherwise than alone; here they go through as
 * marked texts, whose mark and quotes are taken off afterwards. What is infinite or no number, for which JSON has no form, is a text.
 */
final class JsonTexts {
    private static final String MARK = "chr(1) || 'decimal' || ";
    private static final String MARKED = "'\"\\\\u0001decimal(-?[0-9.]+(?:e[+-]?[0-9]+)?)\"'";

    /** In JSON texts with doubles that may be written otherwise. */
    private static final String UNLIKE = "'NaN|Infinity|[0-9]e|[0-9]{16}|0\\.0000'";

    private JsonTexts() {
    }

    static String of(String value, DataType type) {
        if (type instanceof DecimalType) {
            return "CAST(" + value + " AS VARCHAR)";
        }
        String plain = "CAST(to_json(" + value + ") AS VARCHAR)";
        if (type instanceof ScalarType || !isMarked(type)) {
            return plain;
        }
        String marked = "regexp_replace(CAST(to_json(" + marked(value, type, 0) + ") AS VARCHAR), " + MARKED + ", '\\1', 'g')";
        return has(type, part -> part instanceof DecimalType || part == ScalarType.FLOAT32) ? marked
            : "CASE WHEN regexp_matches(" + plain + ", " + UNLIKE + ") THEN " + marked + " ELSE " + plain + " END";
    }

    /** Whether DuckDB's own JSON may be another. */
    static boolean isMarked(DataType type) {
        return has(type, part -> part instanceof DecimalType || part.isFloating());
    }

    private static boolean has(DataType type, Predicate<DataType> kind) {
        return switch (type) {
            case DecimalType _, ScalarType _ -> kind.test(type);
            case ArrayType array -> has(array.element(), kind);
            case MapType map -> has(map.value(), kind);
            case StructType struct -> struct.fields().stream().anyMatch(field -> has(field.type(), kind));
        };
    }

    private static String marked(String value, DataType type, int depth) {
        if (!isMarked(type)) {
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
            case ScalarType _ -> "CASE WHEN isfinite(" + value + ") THEN " + MARK + "CAST(" + value + " AS VARCHAR) WHEN isnan("
                + value + ") THEN 'NaN' WHEN " + value + " > 0 THEN 'Infinity' WHEN " + value + " < 0 THEN '-Infinity' END";
            default -> MARK + "CAST(" + value + " AS VARCHAR)";
        };
    }
}
