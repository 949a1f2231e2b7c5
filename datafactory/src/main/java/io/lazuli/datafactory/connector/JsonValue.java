package io.lazuli.datafactory.connector;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values of rows as Azure's activities print them in JSON: numbers as numbers, times as .NET's round-trip texts ({@code DATE} and
 * {@code TIMESTAMP} end with {@code Z}, fractions without trailing zeros), structures as objects.
 */
public final class JsonValue {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int NANOS_PER_TICK = 100;

    private JsonValue() {
    }

    /** The row that a cursor is at, columns in order. */
    public static ObjectNode row(RowCursor cursor) {
        ObjectNode row = JSON.objectNode();
        List<Field> fields = cursor.schema().fields();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).type() == ScalarType.BINARY) {
                throw failure(CommonError.NOT_SUPPORTED, "Column '%s' is binary, which has no JSON form; leave it out of the query",
                    fields.get(i).name());
            }
            row.set(fields.get(i).name(), of(cursor.value(i), fields.get(i).type()));
        }
        return row;
    }

    public static JsonNode of(Object value, DataType type) {
        if (value == null) {
            return JSON.nullNode();
        }
        return switch (type) {
            case ScalarType scalar -> scalar(value, scalar);
            case DecimalType decimal -> JSON.numberNode((BigDecimal) value);
            case ArrayType array -> array((List<?>) value, array.element());
            case StructType struct -> object((Map<?, ?>) value, struct);
            case MapType map -> object((Map<?, ?>) value, map);
        };
    }

    private static JsonNode scalar(Object value, ScalarType type) {
        return switch (type) {
            case NULL -> JSON.nullNode();
            case BOOLEAN -> JSON.booleanNode((Boolean) value);
            case INT8, UINT8, INT16, INT32, INT64 -> JSON.numberNode(((Number) value).longValue());
            case FLOAT32 -> JSON.numberNode((Float) value);
            case FLOAT64 -> JSON.numberNode((Double) value);
            case STRING -> JSON.stringNode((String) value);
            case BINARY -> JSON.binaryNode((byte[]) value);
            case DATE -> JSON.stringNode(value + "T00:00:00Z");
            case TIME -> JSON.stringNode(time((LocalTime) value));
            case TIMESTAMP -> JSON.stringNode(timestamp((LocalDateTime) value) + "Z");
            case INSTANT -> JSON.stringNode(timestamp(LocalDateTime.ofInstant((Instant) value, ZoneOffset.UTC)) + "+00:00");
            case UUID -> JSON.stringNode(((UUID) value).toString());
            case VARIANT -> MAPPER.readTree((String) value);
        };
    }

    private static ArrayNode array(List<?> values, DataType element) {
        ArrayNode array = JSON.arrayNode();
        values.forEach(value -> array.add(of(value, element)));
        return array;
    }

    private static ObjectNode object(Map<?, ?> values, StructType type) {
        ObjectNode object = JSON.objectNode();
        type.fields().forEach(field -> object.set(field.name(), of(values.get(field.name()), field.type())));
        return object;
    }

    private static ObjectNode object(Map<?, ?> values, MapType type) {
        ObjectNode object = JSON.objectNode();
        values.forEach((key, value) -> object.set(of(key, type.key()).asString(), of(value, type.value())));
        return object;
    }

    private static String timestamp(LocalDateTime value) {
        String fraction = fraction(value.toLocalTime()).replaceFirst("0+$", "");
        return value.toLocalDate() + "T" + clock(value.toLocalTime()) + (fraction.isEmpty() ? "" : "." + fraction);
    }

    /** A .NET TimeSpan: seven digits of fraction, or none. */
    private static String time(LocalTime value) {
        return clock(value) + (value.getNano() == 0 ? "" : "." + fraction(value));
    }

    private static String clock(LocalTime time) {
        return "%02d:%02d:%02d".formatted(time.getHour(), time.getMinute(), time.getSecond());
    }

    private static String fraction(LocalTime time) {
        return "%07d".formatted(time.getNano() / NANOS_PER_TICK);
    }
}
