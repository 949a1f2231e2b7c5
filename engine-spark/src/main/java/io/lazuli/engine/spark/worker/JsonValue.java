package io.lazuli.engine.spark.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;

/**
 * Reads JSON text as a type: null for text that is no JSON and for parts that the type cannot hold. The parser is the one that Spark's
 * workers have.
 */
public record JsonValue(Shape shape) implements UDF1<Object, Object> {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @Override
    public Object call(Object text) {
        if (text == null) {
            return null;
        }
        try {
            JsonNode json = JSON.readTree((String) text);
            return shape.kind() == Shape.Kind.STRUCTURE && !json.isObject() ? null : value(json, shape);
        } catch (JsonProcessingException noJson) {
            return null;
        }
    }

    private static Object value(JsonNode json, Shape shape) {
        if (json == null || json.isNull() || json.isMissingNode()) {
            return null;
        }
        return switch (shape.kind()) {
            case ARRAY -> array(json, shape);
            case MAP -> map(json, shape);
            case STRUCTURE -> structure(json, shape);
            case TEXT -> json.isTextual() ? json.textValue() : json.toString();
            case JSON -> json.toString();
            case BINARY -> json.isTextual() ? json.textValue().getBytes(StandardCharsets.UTF_8) : null;
            case BOOLEAN -> bool(json);
            case DATE, TIMESTAMP, INSTANT -> json.isTextual() ? time(json.textValue().strip(), shape.kind()) : null;
            case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, DECIMAL -> number(json, shape);
        };
    }

    private static Object array(JsonNode json, Shape shape) {
        if (!json.isArray()) {
            return null;
        }
        List<Object> elements = new ArrayList<>();
        json.forEach(element -> elements.add(value(element, shape.parts().get(0))));
        return elements;
    }

    private static Object map(JsonNode json, Shape shape) {
        if (!json.isObject()) {
            return null;
        }
        Map<Object, Object> entries = new LinkedHashMap<>();
        json.properties().forEach(entry -> entries.put(entry.getKey(), value(entry.getValue(), shape.parts().get(1))));
        return entries;
    }

    /** Within arrays and others what is no object is a structure without values. */
    private static Object structure(JsonNode json, Shape shape) {
        Object[] fields = new Object[shape.parts().size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = value(json.get(shape.names().get(i)), shape.parts().get(i));
        }
        return RowFactory.create(fields);
    }

    private static Object bool(JsonNode json) {
        if (json.isBoolean()) {
            return json.booleanValue();
        }
        if (json.isNumber()) {
            return json.decimalValue().signum() != 0;
        }
        String text = json.isTextual() ? json.textValue().strip().toLowerCase(Locale.ROOT) : "";
        return text.equals("true") || text.equals("t") || text.equals("1") ? Boolean.TRUE
            : text.equals("false") || text.equals("f") || text.equals("0") ? Boolean.FALSE : null;
    }

    private static Object number(JsonNode json, Shape shape) {
        try {
            BigDecimal number = json.isNumber() ? json.decimalValue() : json.isTextual() ? new BigDecimal(json.textValue().strip())
                : json.isBoolean() ? json.booleanValue() ? BigDecimal.ONE : BigDecimal.ZERO : null;
            if (number == null) {
                return null;
            }
            return switch (shape.kind()) {
                case FLOAT32 -> number.floatValue();
                case FLOAT64 -> number.doubleValue();
                case DECIMAL -> number.setScale(shape.scale(), RoundingMode.HALF_UP);
                default -> whole(number.setScale(0, json.isTextual() ? RoundingMode.HALF_UP : RoundingMode.HALF_EVEN).toBigInteger(),
                    shape.kind());
            };
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    private static Object whole(BigInteger number, Shape.Kind kind) {
        int bits = number.bitLength();
        return switch (kind) {
            case INT8 -> bits < Byte.SIZE ? (Object) number.byteValue() : null;
            case INT16 -> bits < Short.SIZE ? (Object) number.shortValue() : null;
            case INT32 -> bits < Integer.SIZE ? (Object) number.intValue() : null;
            default -> bits < Long.SIZE ? (Object) number.longValue() : null;
        };
    }

    private static Object time(String text, Shape.Kind kind) {
        try {
            LocalDateTime time = text.length() <= "yyyy-MM-dd".length() ? LocalDate.parse(text).atStartOfDay()
                : LocalDateTime.parse(text.replaceFirst("Z$", "").replace(' ', 'T'));
            return kind == Shape.Kind.DATE ? time.toLocalDate() : kind == Shape.Kind.TIMESTAMP ? time : time.toInstant(ZoneOffset.UTC);
        } catch (DateTimeException noTime) {
            return null;
        }
    }
}
