package io.lazuli.engine.duckdb.format;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Our types as Avro's, for writing. Names that Avro does not allow get an underscore for each other character. */
final class AvroSchemas {
    private AvroSchemas() {
    }

    static Schema record(List<Field> fields, String name, String namespace) {
        List<Schema.Field> own = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Field field : fields) {
            String fieldName = allowed(field.name(), taken);
            own.add(new Schema.Field(fieldName, nullable(schema(field.type(), name + "_" + fieldName, namespace)), null,
                Schema.Field.NULL_DEFAULT_VALUE));
        }
        return Schema.createRecord(name, null, namespace == null || namespace.isEmpty() ? null : namespace, false, own);
    }

    private static String allowed(String name, Set<String> taken) {
        String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
        String allowed = plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
        while (!taken.add(allowed)) {
            allowed += "_";
        }
        return allowed;
    }

    private static Schema nullable(Schema schema) {
        return schema.getType() == Schema.Type.NULL ? schema : Schema.createUnion(Schema.create(Schema.Type.NULL), schema);
    }

    private static Schema schema(DataType type, String recordName, String namespace) {
        return switch (type) {
            case DecimalType decimal ->
                LogicalTypes.decimal(decimal.precision(), decimal.scale()).addToSchema(Schema.create(Schema.Type.BYTES));
            case StructType struct -> record(struct.fields(), recordName, namespace);
            case ArrayType array -> Schema.createArray(nullable(schema(array.element(), recordName, namespace)));
            case MapType map -> Schema.createMap(nullable(schema(map.value(), recordName, namespace)));
            case ScalarType scalar -> ofScalar(scalar);
        };
    }

    private static Schema ofScalar(ScalarType type) {
        return switch (type) {
            case NULL -> Schema.create(Schema.Type.NULL);
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case INT8, UINT8, INT16, INT32 -> Schema.create(Schema.Type.INT);
            case INT64 -> Schema.create(Schema.Type.LONG);
            case FLOAT32 -> Schema.create(Schema.Type.FLOAT);
            case FLOAT64 -> Schema.create(Schema.Type.DOUBLE);
            case STRING, VARIANT -> Schema.create(Schema.Type.STRING);
            case BINARY -> Schema.create(Schema.Type.BYTES);
            case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case TIME -> LogicalTypes.timeMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case TIMESTAMP -> LogicalTypes.localTimestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case INSTANT -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case UUID -> LogicalTypes.uuid().addToSchema(Schema.create(Schema.Type.STRING));
        };
    }

    /** A value as the writer wants it for a schema that {@link #record} made. */
    static Object value(Object value, DataType type, Schema schema) {
        Schema own = value == null || schema.getType() != Schema.Type.UNION ? schema : AvroTypes.nullable(schema);
        return switch (value) {
            case null -> null;
            case BigDecimal decimal -> ByteBuffer.wrap(decimal.setScale(((DecimalType) type).scale()).unscaledValue().toByteArray());
            case Byte number -> number.intValue();
            case Short number -> number.intValue();
            case byte[] bytes -> ByteBuffer.wrap(bytes);
            case LocalDate date -> Math.toIntExact(date.toEpochDay());
            case LocalTime time -> time.toNanoOfDay() / 1_000;
            case LocalDateTime timestamp -> micros(timestamp.toInstant(ZoneOffset.UTC));
            case Instant instant -> micros(instant);
            case java.util.UUID uuid -> uuid.toString();
            case List<?> list -> ofList(list, ((ArrayType) type).element(), own.getElementType());
            case Map<?, ?> map -> type instanceof StructType struct ? ofStruct(map, struct, own)
                : ofMap(map, ((MapType) type).value(), own.getValueType());
            default -> value;
        };
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static List<Object> ofList(List<?> values, DataType element, Schema schema) {
        List<Object> own = new ArrayList<>();
        values.forEach(value -> own.add(value(value, element, schema)));
        return own;
    }

    private static Map<String, Object> ofMap(Map<?, ?> values, DataType element, Schema schema) {
        Map<String, Object> own = new LinkedHashMap<>();
        values.forEach((key, value) -> own.put(String.valueOf(key), value(value, element, schema)));
        return own;
    }

    private static GenericRecord ofStruct(Map<?, ?> values, StructType struct, Schema schema) {
        GenericRecord own = new GenericData.Record(schema);
        for (int i = 0; i < struct.fields().size(); i++) {
            Field field = struct.fields().get(i);
            own.put(i, value(values.get(field.name()), field.type(), schema.getFields().get(i).schema()));
        }
        return own;
    }
}
