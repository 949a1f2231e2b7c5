package io.lazuli.engine.duckdb.format;

import io.lazuli.algebra.source.XmlFormat;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.files.TypeUnion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * The types of parsed documents. Integers, decimal fractions and truth values are detected if the format says so; digits after a leading
 * zero stay text, since they are codes more often than numbers.
 */
final class XmlTypes {
    /** The field of an element's text beside its attributes and children. */
    static final String VALUE = "_value_";
    private static final Pattern INTEGER = Pattern.compile("[+-]?(0|[1-9][0-9]{0,17})");
    private static final Pattern FRACTION =
        Pattern.compile("[+-]?(0|[1-9][0-9]*)?\\.[0-9]+([eE][+-]?[0-9]+)?|[+-]?(0|[1-9][0-9]*)[eE][+-]?[0-9]+");
    private static final JsonMapper JSON = JsonMapper.shared();

    private XmlTypes() {
    }

    static DataType of(Object value, XmlFormat format) {
        return switch (value) {
            case List<?> list -> new ArrayType(list.stream().map(element -> of(element, format)).reduce(ScalarType.NULL, XmlTypes::union));
            case Map<?, ?> map -> new StructType(map.entrySet().stream()
                .map(entry -> new Field((String) entry.getKey(), of(entry.getValue(), format))).toList());
            default -> ofText((String) value, format);
        };
    }

    private static DataType ofText(String text, XmlFormat format) {
        if (isNull(text, format)) {
            return ScalarType.NULL;
        }
        if (!format.detectDataTypes()) {
            return ScalarType.STRING;
        }
        String plain = text.strip();
        if (INTEGER.matcher(plain).matches()) {
            return ScalarType.INT64;
        }
        boolean truth = plain.equalsIgnoreCase("true") || plain.equalsIgnoreCase("false");
        return FRACTION.matcher(plain).matches() ? ScalarType.FLOAT64 : truth ? ScalarType.BOOLEAN : ScalarType.STRING;
    }

    private static boolean isNull(String text, XmlFormat format) {
        return text.equals(format.nullValue());
    }

    /** An element that repeats anywhere is an array everywhere; one that has attributes anywhere is a structure everywhere. */
    static DataType union(DataType left, DataType right) {
        if (left instanceof ArrayType || right instanceof ArrayType) {
            return new ArrayType(union(element(left), element(right)));
        }
        boolean structures = left instanceof StructType || right instanceof StructType;
        if (structures && left != ScalarType.NULL && right != ScalarType.NULL) {
            Map<String, DataType> fields = new LinkedHashMap<>();
            structure(left).fields().forEach(field -> fields.merge(field.name(), field.type(), XmlTypes::union));
            structure(right).fields().forEach(field -> fields.merge(field.name(), field.type(), XmlTypes::union));
            return new StructType(fields.entrySet().stream().map(field -> new Field(field.getKey(), field.getValue())).toList());
        }
        return TypeUnion.of(left, right);
    }

    private static DataType element(DataType type) {
        return type instanceof ArrayType array ? array.element() : type;
    }

    private static StructType structure(DataType type) {
        return type instanceof StructType struct ? struct : new StructType(List.of(new Field(VALUE, type)));
    }

    /** A bare null has no place in files: what is always null is text. */
    static DataType settled(DataType type) {
        return switch (type) {
            case ArrayType array -> new ArrayType(settled(array.element()));
            case StructType struct -> new StructType(struct.fields().stream()
                .map(field -> new Field(field.name(), settled(field.type()))).toList());
            default -> type == ScalarType.NULL ? ScalarType.STRING : type;
        };
    }

    /** A parsed value as one of a type that is a union of its own with others. */
    static Object convert(Object value, DataType type, XmlFormat format) {
        if (value == null || value instanceof String text && isNull(text, format)) {
            return null;
        }
        return switch (type) {
            case ArrayType array -> ofList(value instanceof List<?> list ? list : List.of(value), array.element(), format);
            case StructType struct -> ofStruct(value instanceof Map<?, ?> map ? map : Map.of(VALUE, value), struct, format);
            case ScalarType scalar when value instanceof String text -> ofScalar(text, scalar);
            default -> JSON.writeValueAsString(value);
        };
    }

    private static Object ofScalar(String text, ScalarType type) {
        return switch (type) {
            case INT64 -> Long.valueOf(text.strip());
            case FLOAT64 -> Double.valueOf(text.strip());
            case BOOLEAN -> Boolean.valueOf(text.strip());
            default -> text;
        };
    }

    private static List<Object> ofList(List<?> values, DataType element, XmlFormat format) {
        List<Object> converted = new ArrayList<>();
        values.forEach(value -> converted.add(convert(value, element, format)));
        return converted;
    }

    private static Map<String, Object> ofStruct(Map<?, ?> values, StructType type, XmlFormat format) {
        Map<String, Object> converted = new LinkedHashMap<>();
        type.fields().forEach(field -> converted.put(field.name(), convert(values.get(field.name()), field.type(), format)));
        return converted;
    }
}
