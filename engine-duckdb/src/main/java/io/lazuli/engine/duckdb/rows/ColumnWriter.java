package io.lazuli.engine.duckdb.rows;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.engine.duckdb.render.SqlNames;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBWritableVector;
import tools.jackson.databind.json.JsonMapper;

/** Puts a value, which is not null, into a vector as {@link Transport#carrier} says. */
@FunctionalInterface
interface ColumnWriter {
    void write(DuckDBWritableVector vector, long row, Object value);

    static ColumnWriter of(DataType type) {
        return switch (type) {
            case ScalarType scalar -> of(scalar);
            case DecimalType decimal -> (vector, row, value) -> vector.setBigDecimal(row, ((BigDecimal) value).setScale(decimal.scale()));
            case ArrayType _, MapType _, StructType _ ->
                (vector, row, value) -> vector.setString(row, JsonMapper.shared().writeValueAsString(json(value, type)));
        };
    }

    private static ColumnWriter of(ScalarType type) {
        return switch (type) {
            case NULL -> (vector, row, _) -> vector.setNull(row);
            case BOOLEAN -> (vector, row, value) -> vector.setBoolean(row, (boolean) value);
            case INT8 -> (vector, row, value) -> vector.setByte(row, (byte) value);
            case UINT8 -> (vector, row, value) -> vector.setUint8(row, (short) value);
            case INT16 -> (vector, row, value) -> vector.setShort(row, (short) value);
            case INT32 -> (vector, row, value) -> vector.setInt(row, (int) value);
            case INT64 -> (vector, row, value) -> vector.setLong(row, (long) value);
            case FLOAT32 -> (vector, row, value) -> vector.setFloat(row, (float) value);
            case FLOAT64 -> (vector, row, value) -> vector.setDouble(row, (double) value);
            case STRING, VARIANT -> (vector, row, value) -> vector.setString(row, (String) value);
            case BINARY -> (vector, row, value) -> vector.setString(row, Base64.getEncoder().encodeToString((byte[]) value));
            case DATE -> (vector, row, value) -> vector.setDate(row, (LocalDate) value);
            case TIME -> (vector, row, value) -> vector.setLong(row, ((LocalTime) value).toNanoOfDay() / 1000);
            case TIMESTAMP -> (vector, row, value) -> vector.setTimestamp(row, (LocalDateTime) value);
            case INSTANT -> (vector, row, value) -> vector.setOffsetDateTime(row, ((Instant) value).atOffset(ZoneOffset.UTC));
            case UUID -> (vector, row, value) -> vector.setString(row, value.toString());
        };
    }

    /** What DuckDB reads as the type when it is written as JSON. */
    private static Object json(Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case ScalarType scalar -> switch (scalar) {
                case BINARY -> Base64.getEncoder().encodeToString((byte[]) value);
                case BOOLEAN, INT8, UINT8, INT16, INT32, INT64, STRING -> value;
                case VARIANT -> JsonMapper.shared().readTree((String) value);
                default -> value.toString();
            };
            case DecimalType _ -> ((BigDecimal) value).toPlainString();
            case ArrayType array -> ((List<?>) value).stream().map(element -> json(element, array.element())).toArray();
            case MapType map -> {
                Map<String, Object> pairs = new LinkedHashMap<>();
                ((Map<?, ?>) value).forEach((key, item) -> pairs.put(String.valueOf(json(key, map.key())), json(item, map.value())));
                yield pairs;
            }
            case StructType struct -> {
                List<String> names = SqlNames.of(struct);
                Map<String, Object> fields = new LinkedHashMap<>();
                for (int i = 0; i < names.size(); i++) {
                    Object item = ((Map<?, ?>) value).get(struct.fields().get(i).name());
                    fields.put(names.get(i), json(item, struct.fields().get(i).type()));
                }
                yield fields;
            }
        };
    }
}
