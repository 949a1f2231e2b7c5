package io.lazuli.datafactory.copy.mapping;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import java.util.Arrays;
import java.util.List;

/** The types in which Data Factory's mappings speak. Each has one type of the algebra that holds all its values. */
public enum InterimType {
    BOOLEAN("Boolean", ScalarType.BOOLEAN),
    BYTE("Byte", ScalarType.UINT8),
    SBYTE("SByte", ScalarType.INT8),
    INT16("Int16", ScalarType.INT16),
    INT32("Int32", ScalarType.INT32),
    INT64("Int64", ScalarType.INT64),
    UINT16("UInt16", ScalarType.INT32),
    UINT32("UInt32", ScalarType.INT64),
    UINT64("UInt64", new DecimalType(20, 0)),
    SINGLE("Single", ScalarType.FLOAT32),
    DOUBLE("Double", ScalarType.FLOAT64),
    DECIMAL("Decimal", new DecimalType(38, 18)),
    STRING("String", ScalarType.STRING),
    BYTES("Byte[]", ScalarType.BINARY),
    DATE("Date", ScalarType.DATE),
    DATE_TIME("DateTime", ScalarType.TIMESTAMP),
    DATE_TIME_OFFSET("DateTimeOffset", ScalarType.INSTANT),
    TIME_SPAN("TimeSpan", ScalarType.TIME),
    GUID("Guid", ScalarType.UUID);

    private final String text;
    private final DataType dataType;

    InterimType(String text, DataType dataType) {
        this.text = text;
        this.dataType = dataType;
    }

    public DataType dataType() {
        return dataType;
    }

    /** The type that a mapping names, whatever its case; {@code WRONG_TYPE} with the nearest name for another text. */
    public static InterimType named(String name, Place place) {
        String plain = name.strip().equalsIgnoreCase("Byte array") ? "Byte[]" : name.strip();
        return Arrays.stream(values()).filter(type -> type.text.equalsIgnoreCase(plain)).findFirst().orElseThrow(() -> {
            List<String> known = Arrays.stream(values()).map(InterimType::toString).toList();
            return failure(DataFactoryError.WRONG_TYPE, place, "'%s' is not a type of a mapping; they are %s%s",
                name, String.join(", ", known), NearestName.hint(name, known));
        });
    }

    /** The interim type that stands for a type of the algebra, as Azure's messages name it; complex types are {@code String}. */
    public static InterimType of(DataType type) {
        return switch (type) {
            case DecimalType _ -> DECIMAL;
            case ScalarType scalar -> switch (scalar) {
                case BOOLEAN -> BOOLEAN;
                case INT8 -> SBYTE;
                case UINT8 -> BYTE;
                case INT16 -> INT16;
                case INT32 -> INT32;
                case INT64 -> INT64;
                case FLOAT32 -> SINGLE;
                case FLOAT64 -> DOUBLE;
                case BINARY -> BYTES;
                case DATE, TIMESTAMP -> DATE_TIME;
                case TIME -> TIME_SPAN;
                case INSTANT -> DATE_TIME_OFFSET;
                case UUID -> GUID;
                case STRING, VARIANT, NULL -> STRING;
            };
            default -> STRING;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
