package io.lazuli.engine.spark.render;

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
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Constants as Spark reads them, each of exactly its type and value. */
final class SparkLiterals {
    private SparkLiterals() {
    }

    static String string(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'").replace("\0", "\\0") + "'";
    }

    static String of(Object value, DataType type) {
        if (value == null) {
            return "CAST(NULL AS " + SparkTypes.of(type) + ")";
        }
        return switch (type) {
            case ScalarType scalar -> scalar(value, scalar);
            case DecimalType decimal -> cast(((BigDecimal) value).setScale(decimal.scale()).toPlainString(), decimal);
            case ArrayType array -> ExpressionSql.typed(list((List<?>) value, array.element()), array);
            case MapType map -> ExpressionSql.typed("map_from_arrays(" + of(List.copyOf(((Map<?, ?>) value).keySet()),
                new ArrayType(map.key())) + ", CAST(" + list(((Map<?, ?>) value).values(), map.value()) + " AS "
                + SparkTypes.of(new ArrayType(map.value())) + "))", map);
            case StructType struct -> struct.fields().stream().map(field -> string(SparkTypes.plain(field.name())) + ", "
                + of(((Map<?, ?>) value).get(field.name()), field.type())).collect(Collectors.joining(", ", "named_struct(", ")"));
        };
    }

    private static String list(Collection<?> values, DataType type) {
        return values.stream().map(item -> of(item, type)).collect(Collectors.joining(", ", "array(", ")"));
    }

    private static String scalar(Object value, ScalarType type) {
        return switch (type) {
            case STRING, VARIANT -> string((String) value);
            case UUID -> string(value.toString());
            case BOOLEAN -> value.toString();
            case BINARY -> "X'" + HexFormat.of().formatHex((byte[]) value) + "'";
            case DATE -> "date_from_unix_date(" + ((LocalDate) value).toEpochDay() + ")";
            case TIMESTAMP -> "CAST(timestamp_micros(" + micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC)) + ") AS TIMESTAMP_NTZ)";
            case INSTANT -> "timestamp_micros(" + micros((Instant) value) + ")";
            case NULL, INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, UINT8, TIME -> cast(value.toString(), type);
        };
    }

    private static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
    }

    private static String cast(String text, DataType type) {
        return "CAST('" + text + "' AS " + SparkTypes.of(type) + ")";
    }
}
