package io.lazuli.cli.dataflow;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values as JSON: dates and times as ISO texts, binary values as arrays of signed bytes, maps and structures as objects; numbers that
 * JSON has not ({@code NaN}, {@code Infinity}) as texts.
 */
final class ValueJson {
    private static final JsonNodeFactory NODES = JsonMapper.shared().getNodeFactory();

    private ValueJson() {
    }

    static JsonNode of(Object value, DataType type) {
        if (value == null) {
            return NODES.nullNode();
        }
        return switch (type) {
            case ScalarType _ -> scalar(value);
            case DecimalType _ -> NODES.numberNode((BigDecimal) value);
            case ArrayType array -> {
                ArrayNode elements = NODES.arrayNode();
                ((List<?>) value).forEach(element -> elements.add(of(element, array.element())));
                yield elements;
            }
            case MapType map -> {
                ObjectNode entries = NODES.objectNode();
                ((Map<?, ?>) value).forEach((key, entry) -> entries.set(key(of(key, map.key())), of(entry, map.value())));
                yield entries;
            }
            case StructType struct -> {
                ObjectNode fields = NODES.objectNode();
                for (Field field : struct.fields()) {
                    fields.set(field.name(), of(((Map<?, ?>) value).get(field.name()), field.type()));
                }
                yield fields;
            }
        };
    }

    private static String key(JsonNode key) {
        return key.isString() ? key.stringValue() : key.toString();
    }

    private static JsonNode scalar(Object value) {
        return switch (value) {
            case Boolean truth -> NODES.booleanNode(truth);
            case Byte number -> NODES.numberNode((int) number);
            case Short number -> NODES.numberNode((int) number);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case Float number -> Float.isFinite(number) ? NODES.numberNode(number) : NODES.stringNode(number.toString());
            case Double number -> Double.isFinite(number) ? NODES.numberNode(number + 0.0) : NODES.stringNode(number.toString());
            case byte[] bytes -> {
                ArrayNode elements = NODES.arrayNode();
                for (byte element : bytes) {
                    elements.add(element);
                }
                yield elements;
            }
            case LocalDateTime time -> NODES.stringNode(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time));
            default -> NODES.stringNode(value.toString());
        };
    }
}
