package io.lazuli.engine.duckdb.file;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Values as JSON, as Azure's copies write it. */
final class JsonValue {
    private JsonValue() {
    }

    static String text(Object value, DataType type) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JsonMapper.shared().createGenerator(text)) {
            write(generator, value, type);
        }
        return text.toString();
    }

    static void write(JsonGenerator generator, Object value, DataType type) {
        if (value == null) {
            generator.writeNull();
            return;
        }
        switch (type) {
            case ScalarType scalar -> scalar(generator, value, scalar);
            case DecimalType _ -> generator.writeNumber((BigDecimal) value);
            case ArrayType array -> {
                generator.writeStartArray();
                ((List<?>) value).forEach(element -> write(generator, element, array.element()));
                generator.writeEndArray();
            }
            case MapType map -> {
                generator.writeStartObject();
                ((Map<?, ?>) value).forEach((key, item) -> {
                    generator.writeName(ValueText.of(key, map.key()));
                    write(generator, item, map.value());
                });
                generator.writeEndObject();
            }
            case StructType struct -> {
                generator.writeStartObject();
                for (Field field : struct.fields()) {
                    generator.writeName(field.name());
                    write(generator, ((Map<?, ?>) value).get(field.name()), field.type());
                }
                generator.writeEndObject();
            }
        }
    }

    private static void scalar(JsonGenerator generator, Object value, ScalarType type) {
        switch (type) {
            case NULL -> generator.writeNull();
            case BOOLEAN -> generator.writeBoolean((boolean) value);
            case INT8, UINT8, INT16, INT32, INT64 -> generator.writeNumber(((Number) value).longValue());
            case FLOAT32 -> real(generator, value, Float.isFinite((float) value));
            case FLOAT64 -> real(generator, value, Double.isFinite((double) value));
            case STRING, UUID, INSTANT -> generator.writeString(value.toString());
            case VARIANT -> generator.writeTree(JsonMapper.shared().readTree((String) value));
            case BINARY -> generator.writeBinary((byte[]) value);
            case DATE -> generator.writeString(((LocalDate) value).atStartOfDay().format(DateTimeFormatter.ISO_LOCAL_DATE_TIME));
            case TIME -> generator.writeString(((LocalTime) value).format(DateTimeFormatter.ISO_LOCAL_TIME));
            case TIMESTAMP -> generator.writeString(((LocalDateTime) value).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME));
        }
    }

    private static void real(JsonGenerator generator, Object value, boolean finite) {
        if (finite) {
            generator.writeNumber(value.toString());
        } else {
            generator.writeString(value.toString());
        }
    }
}
