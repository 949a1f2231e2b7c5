package io.lazuli.files;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.algebra.type.StructType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/** The narrowest type that holds the values of two types, and how values get there. */
public final class TypeUnion {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<DataType> INTEGERS = List.of(ScalarType.INT8, ScalarType.INT16, ScalarType.INT32, ScalarType.INT64);
    private static final List<Integer> DIGITS = List.of(3, 5, 10, 19);

    private TypeUnion() {
    }

    /** The columns of all schemas by name: those of the first, then those that the others add. */
    public static Schema of(List<Schema> schemas) {
        return new Schema(fields(schemas.stream().map(Schema::fields).toList()));
    }

    /** The type of values of either type; {@code STRING} when nothing narrower holds both. */
    public static DataType of(DataType left, DataType right) {
        if (left.equals(right) || right == ScalarType.NULL) {
            return left;
        }
        if (left == ScalarType.NULL) {
            return right;
        }
        if (left.isNumeric() && right.isNumeric()) {
            return ofNumbers(left, right);
        }
        if (left instanceof StructType one && right instanceof StructType other) {
            return new StructType(fields(List.of(one.fields(), other.fields())));
        }
        if (left instanceof ArrayType one && right instanceof ArrayType other) {
            return new ArrayType(of(one.element(), other.element()));
        }
        if (left instanceof MapType one && right instanceof MapType other) {
            return new MapType(of(one.key(), other.key()), of(one.value(), other.value()));
        }
        boolean dates = List.of(left, right).containsAll(List.of(ScalarType.DATE, ScalarType.TIMESTAMP));
        return dates ? ScalarType.TIMESTAMP : ScalarType.STRING;
    }

    private static List<Field> fields(List<List<Field>> lists) {
        Map<String, DataType> types = new LinkedHashMap<>();
        lists.forEach(list -> list.forEach(field -> types.merge(field.name(), field.type(), TypeUnion::of)));
        List<Field> fields = new ArrayList<>();
        types.forEach((name, type) -> fields.add(new Field(name, type)));
        return fields;
    }

    private static DataType ofNumbers(DataType left, DataType right) {
        if (left.isInteger() && right.isInteger()) {
            return INTEGERS.get(Math.max(rank(left), rank(right)));
        }
        DecimalType one = asDecimal(left);
        DecimalType other = asDecimal(right);
        if (one == null || other == null) {
            return ScalarType.FLOAT64;
        }
        int scale = Math.max(one.scale(), other.scale());
        int whole = Math.max(one.precision() - one.scale(), other.precision() - other.scale());
        return whole + scale > DecimalType.MAX_PRECISION ? ScalarType.FLOAT64 : new DecimalType(whole + scale, scale);
    }

    private static int rank(DataType integer) {
        return integer == ScalarType.UINT8 ? 1 : INTEGERS.indexOf(integer);
    }

    private static DecimalType asDecimal(DataType type) {
        return type instanceof DecimalType decimal ? decimal : type.isInteger() ? new DecimalType(DIGITS.get(rank(type)), 0) : null;
    }

    /** Turns non-null values of one type into the other, which is a union of it with some type. */
    public static UnaryOperator<Object> conversion(DataType from, DataType to) {
        if (from.equals(to)) {
            return UnaryOperator.identity();
        }
        if (to instanceof StructType wanted && from instanceof StructType own) {
            return structs(own, wanted);
        }
        if (to instanceof ArrayType wanted) {
            return from instanceof ArrayType own ? elements(conversion(own.element(), wanted.element()))
                : alone(conversion(from, wanted.element()));
        }
        if (to instanceof MapType wanted && from instanceof MapType own) {
            return entries(conversion(own.key(), wanted.key()), conversion(own.value(), wanted.value()));
        }
        if (to instanceof DecimalType decimal) {
            return value -> new BigDecimal(value.toString()).setScale(decimal.scale(), RoundingMode.UNNECESSARY);
        }
        return switch (to) {
            case ScalarType.INT16 -> value -> ((Number) value).shortValue();
            case ScalarType.INT32 -> value -> ((Number) value).intValue();
            case ScalarType.INT64 -> value -> ((Number) value).longValue();
            case ScalarType.FLOAT64 -> value -> ((Number) value).doubleValue();
            case ScalarType.TIMESTAMP -> value -> ((LocalDate) value).atStartOfDay();
            case ScalarType.STRING -> TypeUnion::text;
            default -> throw new IllegalArgumentException("No union of " + from + " with another type is " + to);
        };
    }

    private static UnaryOperator<Object> structs(StructType own, StructType wanted) {
        Map<String, UnaryOperator<Object>> conversions = new LinkedHashMap<>();
        for (Field field : wanted.fields()) {
            conversions.put(field.name(), own.fields().stream().filter(other -> other.name().equals(field.name())).findFirst()
                .map(other -> conversion(other.type(), field.type())).orElse(UnaryOperator.identity()));
        }
        return value -> {
            Map<String, Object> converted = new LinkedHashMap<>();
            conversions.forEach((name, conversion) -> converted.put(name, applied(conversion, ((Map<?, ?>) value).get(name))));
            return converted;
        };
    }

    private static UnaryOperator<Object> elements(UnaryOperator<Object> conversion) {
        return value -> {
            List<Object> converted = new ArrayList<>();
            ((List<?>) value).forEach(element -> converted.add(applied(conversion, element)));
            return converted;
        };
    }

    private static UnaryOperator<Object> alone(UnaryOperator<Object> conversion) {
        return value -> List.of(conversion.apply(value));
    }

    private static UnaryOperator<Object> entries(UnaryOperator<Object> keys, UnaryOperator<Object> values) {
        return value -> {
            Map<Object, Object> converted = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((key, element) -> converted.put(keys.apply(key), applied(values, element)));
            return converted;
        };
    }

    private static Object applied(UnaryOperator<Object> conversion, Object value) {
        return value == null ? null : conversion.apply(value);
    }

    private static String text(Object value) {
        return value instanceof Map || value instanceof List || value instanceof byte[] ? JSON.writeValueAsString(value) : value.toString();
    }
}
