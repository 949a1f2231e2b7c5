package io.lazuli.engine.duckdb.rows;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.duckdb.DuckDBReadableVector;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes a value, which is not null, from a vector that {@link Transport#out} filled. */
@FunctionalInterface
interface ColumnReader {
    String BEFORE_CHRIST = " (BC)";

    Object read(DuckDBReadableVector vector, long row);

    static ColumnReader of(DataType type) {
        return switch (type) {
            case ScalarType scalar -> of(scalar);
            case DecimalType _ -> DuckDBReadableVector::getBigDecimal;
            case ArrayType _, MapType _, StructType _ ->
                (vector, row) -> nested(JsonMapper.shared().readTree(vector.getString(row)), type);
        };
    }

    private static ColumnReader of(ScalarType type) {
        return switch (type) {
            case NULL -> (_, _) -> null;
            case BOOLEAN -> (vector, row) -> vector.getBoolean(row);
            case INT8 -> (vector, row) -> vector.getByte(row);
            case UINT8 -> (vector, row) -> vector.getUint8(row);
            case INT16 -> (vector, row) -> vector.getShort(row);
            case INT32 -> (vector, row) -> vector.getInt(row);
            case INT64 -> (vector, row) -> vector.getLong(row);
            case FLOAT32 -> (vector, row) -> vector.getFloat(row);
            case FLOAT64 -> (vector, row) -> vector.getDouble(row);
            case STRING, VARIANT -> DuckDBReadableVector::getString;
            case BINARY -> (vector, row) -> Base64.getDecoder().decode(vector.getString(row));
            case DATE -> DuckDBReadableVector::getLocalDate;
            case TIME -> (vector, row) -> time(vector.getLong(row));
            case TIMESTAMP -> DuckDBReadableVector::getLocalDateTime;
            case INSTANT -> (vector, row) -> vector.getOffsetDateTime(row).toInstant();
            case UUID -> (vector, row) -> UUID.fromString(vector.getString(row));
        };
    }

    /** DuckDB has a time of 24:00:00, which Java has not; it is the last moment of the day. */
    private static LocalTime time(long micros) {
        return LocalTime.ofNanoOfDay(Math.min(micros * 1000, 86_399_999_999_000L));
    }

    private static Object nested(JsonNode node, DataType type) {
        if (node == null || node.isNull()) {
            return null;
        }
        return switch (type) {
            case ScalarType scalar -> scalar(node, scalar);
            case DecimalType _ -> new BigDecimal(node.asString());
            case ArrayType array -> {
                List<Object> list = new ArrayList<>(node.size());
                node.forEach(element -> list.add(nested(element, array.element())));
                yield list;
            }
            case MapType map -> {
                Map<Object, Object> pairs = new LinkedHashMap<>();
                node.forEach(pair -> pairs.put(nested(pair.get(0), map.key()), nested(pair.get(1), map.value())));
                yield pairs;
            }
            case StructType struct -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                for (int i = 0; i < struct.fields().size(); i++) {
                    fields.put(struct.fields().get(i).name(), nested(node.get(i), struct.fields().get(i).type()));
                }
                yield fields;
            }
        };
    }

    private static Object scalar(JsonNode node, ScalarType type) {
        return switch (type) {
            case NULL -> null;
            case BOOLEAN -> node.booleanValue();
            case INT8 -> (byte) node.intValue();
            case UINT8, INT16 -> (short) node.intValue();
            case INT32 -> node.intValue();
            case INT64 -> node.longValue();
            case FLOAT32 -> (float) number(node.asString());
            case FLOAT64 -> number(node.asString());
            case STRING, VARIANT -> node.asString();
            case BINARY -> Base64.getDecoder().decode(node.asString());
            case DATE -> date(node.asString());
            case TIME -> time(node.longValue());
            case TIMESTAMP -> instant(node.longValue()).atOffset(ZoneOffset.UTC).toLocalDateTime();
            case INSTANT -> instant(node.longValue());
            case UUID -> UUID.fromString(node.asString());
        };
    }

    /** DuckDB writes years as they are counted: {@code 12020-01-31}, and before the first {@code 0001-12-31 (BC)}. */
    private static LocalDate date(String text) {
        boolean before = text.endsWith(BEFORE_CHRIST);
        String[] parts = (before ? text.substring(0, text.length() - BEFORE_CHRIST.length()) : text).split("-");
        int year = Integer.parseInt(parts[0]);
        return LocalDate.of(before ? 1 - year : year, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static double number(String text) {
        return switch (text) {
            case "nan", "-nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
