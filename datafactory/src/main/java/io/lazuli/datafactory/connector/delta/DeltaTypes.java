package io.lazuli.datafactory.connector.delta;

import static io.lazuli.foundation.LazuliException.failure;

import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;

/** The types of Delta tables and the algebra's. Both kinds of timestamp are times without a zone to a flow, those with one in UTC. */
final class DeltaTypes {
    private DeltaTypes() {
    }

    static Schema schema(io.delta.kernel.types.StructType type) {
        return new Schema(structure(type).fields());
    }

    private static StructType structure(io.delta.kernel.types.StructType type) {
        return new StructType(type.fields().stream().map(field -> new Field(field.getName(), of(field.getDataType()))).toList());
    }

    /** What a flow sees of a Delta type; {@code NOT_SUPPORTED} for {@code variant} and those that later versions bring. */
    static io.lazuli.algebra.type.DataType of(DataType type) {
        return switch (type) {
            case StringType _ -> ScalarType.STRING;
            case BooleanType _ -> ScalarType.BOOLEAN;
            case ByteType _ -> ScalarType.INT8;
            case ShortType _ -> ScalarType.INT16;
            case IntegerType _ -> ScalarType.INT32;
            case LongType _ -> ScalarType.INT64;
            case FloatType _ -> ScalarType.FLOAT32;
            case DoubleType _ -> ScalarType.FLOAT64;
            case DateType _ -> ScalarType.DATE;
            case TimestampType _, TimestampNTZType _ -> ScalarType.TIMESTAMP;
            case BinaryType _ -> ScalarType.BINARY;
            case io.delta.kernel.types.DecimalType decimal -> new DecimalType(decimal.getPrecision(), decimal.getScale());
            case io.delta.kernel.types.StructType struct -> structure(struct);
            case io.delta.kernel.types.ArrayType array -> new ArrayType(of(array.getElementType()));
            case io.delta.kernel.types.MapType map -> new MapType(of(map.getKeyType()), of(map.getValueType()));
            default -> throw failure(CommonError.NOT_SUPPORTED, "Delta columns of type %s are not supported", type);
        };
    }

    /** The Delta type of a new column. */
    static DataType of(io.lazuli.algebra.type.DataType type) {
        return switch (type) {
            case StructType struct -> structure(struct.fields());
            case ArrayType array -> new io.delta.kernel.types.ArrayType(of(array.element()), true);
            case MapType map -> new io.delta.kernel.types.MapType(of(map.key()), of(map.value()), true);
            case DecimalType decimal -> new io.delta.kernel.types.DecimalType(decimal.precision(), decimal.scale());
            case ScalarType scalar -> switch (scalar) {
                case BOOLEAN -> BooleanType.BOOLEAN;
                case INT8 -> ByteType.BYTE;
                case UINT8, INT16 -> ShortType.SHORT;
                case INT32 -> IntegerType.INTEGER;
                case INT64 -> LongType.LONG;
                case FLOAT32 -> FloatType.FLOAT;
                case FLOAT64 -> DoubleType.DOUBLE;
                case NULL, STRING, UUID, TIME, VARIANT -> StringType.STRING;
                case BINARY -> BinaryType.BINARY;
                case DATE -> DateType.DATE;
                case TIMESTAMP, INSTANT -> TimestampType.TIMESTAMP;
            };
        };
    }

    static io.delta.kernel.types.StructType structure(java.util.List<Field> fields) {
        return new io.delta.kernel.types.StructType(
            fields.stream().map(field -> new StructField(field.name(), of(field.type()), true)).toList());
    }
}
