package io.lazuli.engine.duckdb.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import tools.jackson.databind.json.JsonMapper;

/** Avro's generic values, read without conversions, as ours. */
final class AvroValues {
    private static final JsonMapper JSON = JsonMapper.shared();

    private AvroValues() {
    }

    static Object value(Object value, Schema schema) {
        if (value == null) {
            return null;
        }
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN, FLOAT, DOUBLE -> value;
            case INT -> ofInt((Integer) value, schema);
            case LONG -> ofLong((Long) value, schema);
            case STRING -> schema.getLogicalType() instanceof LogicalTypes.Uuid ? UUID.fromString(value.toString()) : value.toString();
            case ENUM -> value.toString();
            case BYTES -> ofBytes(bytes((ByteBuffer) value), schema);
            case FIXED -> ofBytes(((GenericData.Fixed) value).bytes(), schema);
            case ARRAY -> ofArray((List<?>) value, schema.getElementType());
            case MAP -> ofMap((Map<?, ?>) value, schema.getValueType());
            case RECORD -> ofRecord((GenericRecord) value);
            case UNION -> ofUnion(value, schema);
        };
    }

    private static Object ofInt(int value, Schema schema) {
        return switch (schema.getLogicalType()) {
            case LogicalTypes.Date date -> LocalDate.ofEpochDay(value);
            case LogicalTypes.TimeMillis time -> LocalTime.ofNanoOfDay(value * 1_000_000L);
            case null, default -> value;
        };
    }

    private static Object ofLong(long value, Schema schema) {
        return switch (schema.getLogicalType()) {
            case LogicalTypes.TimeMicros time -> LocalTime.ofNanoOfDay(value * 1_000L);
            case LogicalTypes.TimestampMillis instant -> Instant.ofEpochMilli(value);
            case LogicalTypes.TimestampMicros instant -> Instant.EPOCH.plus(value, ChronoUnit.MICROS);
            case LogicalTypes.TimestampNanos instant -> Instant.EPOCH.plus(value, ChronoUnit.NANOS).truncatedTo(ChronoUnit.MICROS);
            case LogicalTypes.LocalTimestampMillis timestamp -> local(Instant.ofEpochMilli(value));
            case LogicalTypes.LocalTimestampMicros timestamp -> local(Instant.EPOCH.plus(value, ChronoUnit.MICROS));
            case LogicalTypes.LocalTimestampNanos timestamp ->
                local(Instant.EPOCH.plus(value, ChronoUnit.NANOS).truncatedTo(ChronoUnit.MICROS));
            case null, default -> value;
        };
    }

    private static LocalDateTime local(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static Object ofBytes(byte[] bytes, Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            BigDecimal value = new BigDecimal(new BigInteger(bytes), decimal.getScale());
            return AvroTypes.type(schema) == io.lazuli.algebra.type.ScalarType.STRING ? value.toPlainString() : value;
        }
        if (schema.getLogicalType() instanceof LogicalTypes.Uuid) {
            ByteBuffer halves = ByteBuffer.wrap(bytes);
            return new UUID(halves.getLong(), halves.getLong());
        }
        return bytes;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static List<Object> ofArray(List<?> values, Schema element) {
        List<Object> converted = new ArrayList<>(values.size());
        values.forEach(value -> converted.add(value(value, element)));
        return converted;
    }

    private static Map<String, Object> ofMap(Map<?, ?> values, Schema element) {
        Map<String, Object> converted = new LinkedHashMap<>();
        values.forEach((key, value) -> converted.put(key.toString(), value(value, element)));
        return converted;
    }

    private static Map<String, Object> ofRecord(GenericRecord record) {
        Map<String, Object> converted = new LinkedHashMap<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            converted.put(field.name(), value(record.get(field.pos()), field.schema()));
        }
        return converted;
    }

    private static Object ofUnion(Object value, Schema union) {
        Schema only = AvroTypes.nullable(union);
        if (only != null) {
            return value(value, only);
        }
        Schema member = union.getTypes().get(GenericData.get().resolveUnion(union, value));
        return JSON.writeValueAsString(value(value, member));
    }
}
