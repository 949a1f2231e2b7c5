package io.lazuli.engine.duckdb.rows;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.engine.duckdb.render.SqlLiterals;
import io.lazuli.engine.duckdb.render.SqlNames;
import io.lazuli.engine.duckdb.render.SqlTypes;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What values travel as between DuckDB and Java, whose driver carries plain types only: times as microseconds, UUIDs as text, binary
 * values as Base64, nested values as JSON arrays.
 */
final class Transport {
    /** The element in a lambda; no column has that name, which would be taken for it. */
    private static final String ELEMENT = "\"~e\"";

    private Transport() {
    }

    /** A value of the type as something that the driver's vectors carry. */
    static String out(String value, DataType type) {
        String typed = "CAST(" + value + " AS " + SqlTypes.of(type) + ")";
        return switch (type) {
            case ScalarType scalar -> switch (scalar) {
                case TIME -> "epoch_us(" + typed + ")";
                case BINARY -> "to_base64(" + typed + ")";
                case UUID, VARIANT, NULL -> "CAST(" + typed + " AS VARCHAR)";
                default -> typed;
            };
            case DecimalType _ -> typed;
            case ArrayType _, MapType _, StructType _ -> "CAST(" + json(typed, type) + " AS VARCHAR)";
        };
    }

    /** A value as JSON: structures are arrays of their fields, maps are arrays of pairs, numbers with a point are texts. */
    private static String json(String value, DataType type) {
        return switch (type) {
            case ScalarType scalar -> "to_json(" + switch (scalar) {
                case TIME, TIMESTAMP, INSTANT -> "epoch_us(" + value + ")";
                case BINARY -> "to_base64(" + value + ")";
                case FLOAT32, FLOAT64, UUID, DATE, VARIANT -> "CAST(" + value + " AS VARCHAR)";
                default -> value;
            } + ")";
            case DecimalType _ -> "to_json(CAST(" + value + " AS VARCHAR))";
            case ArrayType array ->
                "to_json(list_transform(" + value + ", lambda " + ELEMENT + ": " + json(ELEMENT, array.element()) + "))";
            case MapType map -> "to_json(list_transform(map_entries(" + value + "), lambda " + ELEMENT + ": json_array("
                + json(ELEMENT + ".key", map.key()) + ", " + json(ELEMENT + ".value", map.value()) + ")))";
            case StructType struct -> "CASE WHEN " + value + " IS NOT NULL THEN json_array(" + fields(value, struct) + ") END";
        };
    }

    private static String fields(String value, StructType struct) {
        List<String> names = SqlNames.of(struct);
        return IntStream.range(0, names.size())
            .mapToObj(i -> json("struct_extract(" + value + ", " + SqlLiterals.string(names.get(i)) + ")", struct.fields().get(i).type()))
            .collect(Collectors.joining(", "));
    }

    /** The type that a value of a type comes from Java as. */
    static DataType carrier(DataType type) {
        return switch (type) {
            case ScalarType scalar -> switch (scalar) {
                case TIME -> ScalarType.INT64;
                case BINARY, UUID, VARIANT, NULL -> ScalarType.STRING;
                default -> scalar;
            };
            case DecimalType decimal -> decimal;
            case ArrayType _, MapType _, StructType _ -> ScalarType.STRING;
        };
    }

    /** The value that came from Java as {@link #carrier}. */
    static String in(String carried, DataType type) {
        return switch (type) {
            case ScalarType scalar -> switch (scalar) {
                case TIME -> "(TIME '00:00:00' + to_microseconds(" + carried + "))";
                case BINARY -> "from_base64(" + carried + ")";
                case UUID, VARIANT -> "CAST(" + carried + " AS " + SqlTypes.of(type) + ")";
                default -> carried;
            };
            case DecimalType _ -> carried;
            case ArrayType _, MapType _, StructType _ ->
                fromText("CAST(CAST(" + carried + " AS JSON) AS " + SqlTypes.of(withTexts(type)) + ")", type);
        };
    }

    /** The type with texts, in Base64, for binary values, which JSON has not. */
    private static DataType withTexts(DataType type) {
        return switch (type) {
            case ScalarType scalar -> scalar == ScalarType.BINARY ? ScalarType.STRING : scalar;
            case DecimalType decimal -> decimal;
            case ArrayType array -> new ArrayType(withTexts(array.element()));
            case MapType map -> new MapType(withTexts(map.key()), withTexts(map.value()));
            case StructType struct -> new StructType(
                struct.fields().stream().map(field -> new Field(field.name(), withTexts(field.type()))).toList());
        };
    }

    /** A value of {@link #withTexts} as one of the type. */
    private static String fromText(String value, DataType type) {
        if (withTexts(type).equals(type)) {
            return value;
        }
        return switch (type) {
            case ScalarType _, DecimalType _ -> "from_base64(" + value + ")";
            case ArrayType array -> "list_transform(" + value + ", lambda " + ELEMENT + ": " + fromText(ELEMENT, array.element()) + ")";
            case MapType map -> "map_from_entries(list_transform(map_entries(" + value + "), lambda " + ELEMENT + ": struct_pack(k := "
                + fromText(ELEMENT + ".key", map.key()) + ", v := " + fromText(ELEMENT + ".value", map.value()) + ")))";
            case StructType struct -> {
                List<String> names = SqlNames.of(struct);
                yield IntStream.range(0, names.size()).mapToObj(i -> SqlNames.quote(names.get(i)) + " := " + fromText(
                    "struct_extract(" + value + ", " + SqlLiterals.string(names.get(i)) + ")", struct.fields().get(i).type()))
                    .collect(Collectors.joining(", ", "CASE WHEN " + value + " IS NOT NULL THEN struct_pack(", ") END"));
            }
        };
    }
}
