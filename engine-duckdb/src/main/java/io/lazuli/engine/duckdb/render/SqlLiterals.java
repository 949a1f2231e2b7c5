package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Constants as DuckDB reads them, each of exactly its type and value. */
public final class SqlLiterals {
    private SqlLiterals() {
    }

    /** A text; the character of code 0, which would end the statement, is spelled by its code. */
    public static String string(String value) {
        String text = "'" + value.replace("'", "''") + "'";
        return value.indexOf('\0') < 0 ? text : "(" + text.replace("\0", "' || chr(0) || '") + ")";
    }

    public static String of(Object value, DataType type) {
        if (value == null) {
            return type == ScalarType.NULL ? "NULL" : "CAST(NULL AS " + SqlTypes.of(type) + ")";
        }
        return switch (type) {
            case ScalarType scalar -> scalar(value, scalar);
            case DecimalType decimal -> cast(((BigDecimal) value).setScale(decimal.scale()).toPlainString(), decimal);
            case ArrayType array -> "CAST(" + list((List<?>) value, array.element()) + " AS " + SqlTypes.of(array) + ")";
            case StructType struct -> "CAST(" + struct((Map<?, ?>) value, struct) + " AS " + SqlTypes.of(struct) + ")";
            case MapType map -> "CAST(MAP(" + list(new ArrayList<>(((Map<?, ?>) value).keySet()), map.key()) + ", "
                + list(new ArrayList<>(((Map<?, ?>) value).values()), map.value()) + ") AS " + SqlTypes.of(map) + ")";
        };
    }

    private static String list(List<?> values, DataType element) {
        return values.stream().map(value -> of(value, element)).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String struct(Map<?, ?> value, StructType type) {
        List<String> names = SqlNames.of(type);
        return IntStream.range(0, names.size())
            .mapToObj(i -> SqlNames.quote(names.get(i)) + " := " + of(value.get(type.fields().get(i).name()), type.fields().get(i).type()))
            .collect(Collectors.joining(", ", "struct_pack(", ")"));
    }

    private static String scalar(Object value, ScalarType type) {
        return switch (type) {
            case NULL -> "NULL";
            case BOOLEAN -> value.toString();
            case INT32 -> (int) value < 0 ? cast(value.toString(), type) : value.toString();
            case INT8, UINT8, INT16, INT64, FLOAT32, FLOAT64, UUID -> cast(value.toString(), type);
            case STRING -> string((String) value);
            case VARIANT -> "CAST(" + string((String) value) + " AS JSON)";
            case BINARY -> "unhex('" + HexFormat.of().formatHex((byte[]) value) + "')";
            case DATE -> date((LocalDate) value);
            case TIME -> "(TIME '00:00:00' + to_microseconds(" + ((LocalTime) value).toNanoOfDay() / 1000 + "))";
            case TIMESTAMP -> "make_timestamp(" + micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC)) + ")";
            case INSTANT -> "CAST(make_timestamp(" + micros((Instant) value) + ") AS TIMESTAMPTZ)";
        };
    }

    private static String date(LocalDate value) {
        boolean plain = value.getYear() >= 1 && value.getYear() <= 9999;
        return plain ? "DATE '" + value + "'" : "(DATE '1970-01-01' + CAST(" + value.toEpochDay() + " AS INTEGER))";
    }

    private static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
    }

    private static String cast(String text, DataType type) {
        return "CAST('" + text + "' AS " + SqlTypes.of(type) + ")";
    }
}
