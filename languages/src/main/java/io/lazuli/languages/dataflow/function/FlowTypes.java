package io.lazuli.languages.dataflow.function;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.languages.dataflow.syntax.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The types of data flows, as the algebra's and by name. */
public final class FlowTypes {
    /** What {@code decimal} without digits is, and {@code toDecimal}. */
    public static final DecimalType DEFAULT_DECIMAL = new DecimalType(10, 2);
    private static final List<DataType> WIDTHS = List.of(ScalarType.INT8, ScalarType.INT16, ScalarType.INT32, ScalarType.INT64,
        ScalarType.FLOAT32, ScalarType.FLOAT64);

    private FlowTypes() {
    }

    /** The type that a script writes; {@code any} is that of a bare null. */
    public static DataType of(TypeName type) {
        return switch (type) {
            case TypeName.Array array -> new ArrayType(of(array.element()));
            case TypeName.Map map -> new MapType(of(map.key()), of(map.value()));
            case TypeName.Structure structure ->
                new StructType(structure.members().stream().map(member -> new Field(member.name(), of(member.type()))).toList());
            case TypeName.Scalar scalar -> scalar(scalar);
        };
    }

    private static DataType scalar(TypeName.Scalar type) {
        return switch (type.name()) {
            case "string" -> ScalarType.STRING;
            case "boolean" -> ScalarType.BOOLEAN;
            case "byte" -> ScalarType.INT8;
            case "short" -> ScalarType.INT16;
            case "integer" -> ScalarType.INT32;
            case "long" -> ScalarType.INT64;
            case "float" -> ScalarType.FLOAT32;
            case "double" -> ScalarType.FLOAT64;
            case "date" -> ScalarType.DATE;
            case "timestamp" -> ScalarType.TIMESTAMP;
            case "binary" -> ScalarType.BINARY;
            case "decimal" -> type.precision() < 0 ? DEFAULT_DECIMAL : new DecimalType(type.precision(), Math.max(0, type.scale()));
            default -> ScalarType.NULL;
        };
    }

    /** The type's name in scripts; types that data flows have not are named like those that they come nearest to. */
    public static String name(DataType type) {
        return switch (type) {
            case ArrayType array -> part(array.element()) + "[]";
            case MapType map -> "[" + part(map.key()) + "," + part(map.value()) + "]";
            case StructType struct -> struct.fields().stream().map(field -> fieldName(field.name()) + " as " + name(field.type()))
                .collect(Collectors.joining(", ", "(", ")"));
            case DecimalType decimal -> decimal.toString();
            case ScalarType scalar -> switch (scalar) {
                case NULL -> "null";
                case INT8 -> "byte";
                case UINT8, INT16 -> "short";
                case INT32 -> "integer";
                case INT64 -> "long";
                case FLOAT32 -> "float";
                case FLOAT64 -> "double";
                case TIMESTAMP, INSTANT -> "timestamp";
                case STRING, UUID, TIME, VARIANT -> "string";
                case BOOLEAN, BINARY, DATE -> scalar.toString();
            };
        };
    }

    /** Of an array or map without elements, which are texts. */
    private static String part(DataType type) {
        return type == ScalarType.NULL ? "string" : name(type);
    }

    private static String fieldName(String name) {
        return name.matches("[\\p{L}_][\\p{L}\\p{Nd}_]*") ? name : "{" + name + "}";
    }

    /** Such as "an integer", for messages. */
    public static String described(DataType type) {
        String name = type == ScalarType.NULL ? "null" : name(type);
        return ("aeiou".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
    }

    /** The narrowest type that holds the values of both, null when there is none. */
    public static DataType common(DataType left, DataType right) {
        if (left.equals(right) || right == ScalarType.NULL) {
            return left;
        }
        if (left == ScalarType.NULL) {
            return right;
        }
        if (left.isNumeric() && right.isNumeric()) {
            return commonNumber(left, right);
        }
        if (isDateOrTimestamp(left) && isDateOrTimestamp(right)) {
            return ScalarType.TIMESTAMP;
        }
        if (left instanceof ArrayType a && right instanceof ArrayType b) {
            DataType element = common(a.element(), b.element());
            return element == null ? null : new ArrayType(element);
        }
        if (left instanceof MapType a && right instanceof MapType b) {
            DataType key = common(a.key(), b.key());
            DataType value = common(a.value(), b.value());
            return key == null || value == null ? null : new MapType(key, value);
        }
        return left instanceof StructType a && right instanceof StructType b ? commonStructure(a, b) : null;
    }

    static boolean isDateOrTimestamp(DataType type) {
        return type == ScalarType.DATE || type == ScalarType.TIMESTAMP;
    }

    private static DataType commonNumber(DataType left, DataType right) {
        if (left instanceof DecimalType || right instanceof DecimalType) {
            if (left.isFloating() || right.isFloating()) {
                return ScalarType.FLOAT64;
            }
            DecimalType a = decimal(left);
            DecimalType b = decimal(right);
            int scale = Math.max(a.scale(), b.scale());
            int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
            return new DecimalType(Math.min(DecimalType.MAX_PRECISION, whole + scale), scale);
        }
        return WIDTHS.get(Math.max(WIDTHS.indexOf(wide(left)), WIDTHS.indexOf(wide(right))));
    }

    private static DataType wide(DataType type) {
        return type == ScalarType.UINT8 ? ScalarType.INT16 : type;
    }

    /** The decimal that holds all values of an integer type; a decimal itself. */
    static DecimalType decimal(DataType type) {
        if (type instanceof DecimalType decimal) {
            return decimal;
        }
        return new DecimalType(type == ScalarType.INT8 ? 3 : type == ScalarType.INT64 ? 20 : type == ScalarType.INT32 ? 10 : 5, 0);
    }

    private static DataType commonStructure(StructType left, StructType right) {
        if (left.fields().size() != right.fields().size()) {
            return null;
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < left.fields().size(); i++) {
            Field a = left.fields().get(i);
            Field b = right.fields().get(i);
            DataType type = a.name().equals(b.name()) ? common(a.type(), b.type()) : null;
            if (type == null) {
                return null;
            }
            fields.add(new Field(a.name(), type));
        }
        return new StructType(fields);
    }
}
