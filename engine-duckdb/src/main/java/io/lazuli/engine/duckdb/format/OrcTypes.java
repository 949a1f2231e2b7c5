package io.lazuli.engine.duckdb.format;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;
import java.util.ArrayList;
import java.util.List;
import org.apache.orc.TypeDescription;

/** ORC's types and ours. */
final class OrcTypes {
    private OrcTypes() {
    }

    static Schema columns(TypeDescription struct) {
        return new Schema(fields(struct));
    }

    private static List<Field> fields(TypeDescription struct) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < struct.getChildren().size(); i++) {
            fields.add(new Field(struct.getFieldNames().get(i), type(struct.getChildren().get(i))));
        }
        return fields;
    }

    static DataType type(TypeDescription type) {
        return switch (type.getCategory()) {
            case BOOLEAN -> ScalarType.BOOLEAN;
            case BYTE -> ScalarType.INT8;
            case SHORT -> ScalarType.INT16;
            case INT -> ScalarType.INT32;
            case LONG -> ScalarType.INT64;
            case FLOAT -> ScalarType.FLOAT32;
            case DOUBLE -> ScalarType.FLOAT64;
            case STRING, CHAR, VARCHAR -> ScalarType.STRING;
            case BINARY -> ScalarType.BINARY;
            case DATE -> ScalarType.DATE;
            case TIMESTAMP -> ScalarType.TIMESTAMP;
            case TIMESTAMP_INSTANT -> ScalarType.INSTANT;
            case DECIMAL -> new DecimalType(type.getPrecision(), type.getScale());
            case LIST -> new ArrayType(type(type.getChildren().getFirst()));
            case MAP -> new MapType(type(type.getChildren().get(0)), type(type.getChildren().get(1)));
            case STRUCT -> new StructType(fields(type));
            default -> throw failure(CommonError.NOT_SUPPORTED, "ORC type '%s' is not supported", type.getCategory().getName());
        };
    }

    /** The ORC type for a struct of these columns. A time of day and a UUID, which ORC lacks, are text. */
    static TypeDescription struct(List<Field> fields) {
        TypeDescription struct = TypeDescription.createStruct();
        fields.forEach(field -> struct.addField(field.name(), description(field.type())));
        return struct;
    }

    private static TypeDescription description(DataType type) {
        return switch (type) {
            case DecimalType decimal -> TypeDescription.createDecimal().withPrecision(decimal.precision()).withScale(decimal.scale());
            case ArrayType array -> TypeDescription.createList(description(array.element()));
            case MapType map -> TypeDescription.createMap(description(map.key()), description(map.value()));
            case StructType struct -> struct(struct.fields());
            case ScalarType scalar -> switch (scalar) {
                case BOOLEAN -> TypeDescription.createBoolean();
                case INT8 -> TypeDescription.createByte();
                case UINT8, INT16 -> TypeDescription.createShort();
                case INT32 -> TypeDescription.createInt();
                case INT64 -> TypeDescription.createLong();
                case FLOAT32 -> TypeDescription.createFloat();
                case FLOAT64 -> TypeDescription.createDouble();
                case NULL, STRING, VARIANT, TIME, UUID -> TypeDescription.createString();
                case BINARY -> TypeDescription.createBinary();
                case DATE -> TypeDescription.createDate();
                case TIMESTAMP -> TypeDescription.createTimestamp();
                case INSTANT -> TypeDescription.createTimestampInstant();
            };
        };
    }
}
