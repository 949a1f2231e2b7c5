package io.lazuli.engine.duckdb.format;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Avro's types as ours. A union with null is the other type; any other union is a {@code VARIANT}. */
final class AvroTypes {
    private AvroTypes() {
    }

    static io.lazuli.algebra.type.Schema columns(Schema record) {
        return new io.lazuli.algebra.type.Schema(fields(record));
    }

    static DataType type(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> ScalarType.NULL;
            case BOOLEAN -> ScalarType.BOOLEAN;
            case INT -> ofInt(schema.getLogicalType());
            case LONG -> ofLong(schema.getLogicalType());
            case FLOAT -> ScalarType.FLOAT32;
            case DOUBLE -> ScalarType.FLOAT64;
            case STRING -> schema.getLogicalType() instanceof LogicalTypes.Uuid ? ScalarType.UUID : ScalarType.STRING;
            case ENUM -> ScalarType.STRING;
            case BYTES, FIXED -> ofBytes(schema);
            case ARRAY -> new ArrayType(type(schema.getElementType()));
            case MAP -> new MapType(ScalarType.STRING, type(schema.getValueType()));
            case RECORD -> new StructType(fields(schema));
            case UNION -> ofUnion(schema);
        };
    }

    /** The one member of a union that is not null, or null when there are several. */
    static Schema nullable(Schema union) {
        List<Schema> members = union.getTypes().stream().filter(member -> member.getType() != Schema.Type.NULL).toList();
        return members.size() == 1 ? members.getFirst() : null;
    }

    private static List<io.lazuli.algebra.type.Field> fields(Schema record) {
        return record.getFields().stream().map(field -> new io.lazuli.algebra.type.Field(field.name(), type(field.schema()))).toList();
    }

    private static DataType ofInt(LogicalType logical) {
        return switch (logical) {
            case LogicalTypes.Date date -> ScalarType.DATE;
            case LogicalTypes.TimeMillis time -> ScalarType.TIME;
            case null, default -> ScalarType.INT32;
        };
    }

    private static DataType ofLong(LogicalType logical) {
        return switch (logical) {
            case LogicalTypes.TimeMicros time -> ScalarType.TIME;
            case LogicalTypes.TimestampMillis instant -> ScalarType.INSTANT;
            case LogicalTypes.TimestampMicros instant -> ScalarType.INSTANT;
            case LogicalTypes.TimestampNanos instant -> ScalarType.INSTANT;
            case LogicalTypes.LocalTimestampMillis timestamp -> ScalarType.TIMESTAMP;
            case LogicalTypes.LocalTimestampMicros timestamp -> ScalarType.TIMESTAMP;
            case LogicalTypes.LocalTimestampNanos timestamp -> ScalarType.TIMESTAMP;
            case null, default -> ScalarType.INT64;
        };
    }

    private static DataType ofBytes(Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.Uuid) {
            return ScalarType.UUID;
        }
        boolean decimal = schema.getLogicalType() instanceof LogicalTypes.Decimal;
        if (decimal && schema.getLogicalType() instanceof LogicalTypes.Decimal type && type.getPrecision() <= DecimalType.MAX_PRECISION) {
            return new DecimalType(type.getPrecision(), type.getScale());
        }
        return decimal ? ScalarType.STRING : ScalarType.BINARY;
    }

    private static DataType ofUnion(Schema union) {
        Schema only = nullable(union);
        return only != null ? type(only) : union.getTypes().size() == 1 ? ScalarType.NULL : ScalarType.VARIANT;
    }
}
