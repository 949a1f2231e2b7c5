package io.lazuli.algebra.json;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** Constants by their type: scalars as text, arrays as arrays, maps as arrays of pairs, structures as arrays of their fields' values. */
final class ValueJson {
    private ValueJson() {
    }

    static JsonNode write(Object value, DataType type) {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        return switch (type) {
            case DataType _ when value == null -> NullNode.instance;
            case ScalarType _, DecimalType _ ->
                StringNode.valueOf(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString());
            case ArrayType list -> {
                ((List<?>) value).forEach(element -> array.add(write(element, list.element())));
                yield array;
            }
            case MapType map -> {
                ((Map<?, ?>) value).forEach((key, one) -> array.addArray().add(write(key, map.key())).add(write(one, map.value())));
                yield array;
            }
            case StructType struct -> {
                struct.fields().forEach(field -> array.add(write(((Map<?, ?>) value).get(field.name()), field.type())));
                yield array;
            }
        };
    }

    static Object read(JsonPart part, DataType type) {
        if (part.node().isNull()) {
            return null;
        }
        return switch (type) {
            case ScalarType scalar -> scalar(part, scalar);
            case DecimalType _ -> scalar(part, type);
            case ArrayType array -> part.elements(element -> read(element, array.element()));
            case MapType map -> {
                Map<Object, Object> values = new LinkedHashMap<>();
                part.elements(pair -> row(pair, List.of(map.key(), map.value())))
                    .forEach(pair -> values.put(pair.getFirst(), pair.getLast()));
                yield values;
            }
            case StructType struct -> {
                List<Object> values = row(part, struct.fields().stream().map(Field::type).toList());
                Map<String, Object> fields = new LinkedHashMap<>();
                struct.fields().forEach(field -> fields.put(field.name(), values.get(fields.size())));
                yield fields;
            }
        };
    }

    private static List<Object> row(JsonPart part, List<DataType> types) {
        List<JsonPart> parts = part.elements(one -> one);
        if (parts.size() != types.size()) {
            throw part.wrong(types.size() + " values");
        }
        List<Object> values = new ArrayList<>();
        for (JsonPart one : parts) {
            values.add(read(one, types.get(values.size())));
        }
        return values;
    }

    private static Object scalar(JsonPart part, DataType type) {
        try {
            return type instanceof ScalarType scalar ? parsed(part.text(), scalar) : new BigDecimal(part.text());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw part.wrong("a value of type " + type);
        }
    }

    private static Object parsed(String text, ScalarType type) {
        return switch (type) {
            case NULL -> throw new IllegalArgumentException("null has one value");
            case BOOLEAN -> switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException(text);
            };
            case INT8 -> Byte.valueOf(text);
            case UINT8, INT16 -> Short.valueOf(text);
            case INT32 -> Integer.valueOf(text);
            case INT64 -> Long.valueOf(text);
            case FLOAT32 -> Float.valueOf(text);
            case FLOAT64 -> Double.valueOf(text);
            case STRING, VARIANT -> text;
            case BINARY -> HexFormat.of().parseHex(text);
            case DATE -> LocalDate.parse(text);
            case TIME -> LocalTime.parse(text);
            case TIMESTAMP -> LocalDateTime.parse(text);
            case INSTANT -> Instant.parse(text);
            case UUID -> UUID.fromString(text);
        };
    }
}
