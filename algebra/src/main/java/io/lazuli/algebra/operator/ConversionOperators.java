package io.lazuli.algebra.operator;

import static io.lazuli.algebra.operator.Operator.Kind.SCALAR;
import static io.lazuli.algebra.type.ScalarType.BINARY;
import static io.lazuli.algebra.type.ScalarType.BOOLEAN;
import static io.lazuli.algebra.type.ScalarType.INSTANT;
import static io.lazuli.algebra.type.ScalarType.INT64;
import static io.lazuli.algebra.type.ScalarType.STRING;
import static io.lazuli.algebra.type.ScalarType.VARIANT;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import java.util.List;

/** What copies need to read values out of documents and to convert them with messages of their own. */
public final class ConversionOperators {
    public static final Operator REQUIRE = new Operator("require", SCALAR,
        "The second value when the condition is true, else the query fails with CONVERSION_FAILED and the third as its message.",
        arguments -> arguments.size() == 3 && arguments.get(0) == BOOLEAN && arguments.get(2) == STRING ? arguments.get(1) : null);
    public static final Operator REPLACE_PATTERN = new Operator("replace_pattern", SCALAR,
        "The text with every match of the regular expression (RE2 syntax) replaced; \\1 is the first group.",
        TypeRules.exactly(STRING, STRING, STRING, STRING));
    public static final Operator INSTANT_FROM_TEXT = new Operator("instant_from_text", SCALAR,
        "The time that a text says in the constant pattern, as in parse_timestamp, whose %z is the offset; null when it does not fit.",
        TypeRules.exactly(INSTANT, STRING, STRING));
    public static final Operator BASE64_FROM_BINARY =
        new Operator("base64_from_binary", SCALAR, "The bytes as base64 text.", TypeRules.exactly(STRING, BINARY));
    public static final Operator BINARY_FROM_BASE64 = new Operator("binary_from_base64", SCALAR,
        "The bytes that base64 text stands for; a text that is none fails.", TypeRules.exactly(BINARY, STRING));
    public static final Operator JSON_TEXT =
        new Operator("json_text", SCALAR, "The value as JSON text, without white space.", TypeRules.any(STRING));
    public static final Operator STRUCTURE = new Operator("structure", SCALAR,
        "A structure of the values; the call's own type names its fields.", arguments -> null);
    public static final Operator ARRAY = new Operator("array", SCALAR, "An array of the values, which have one type.",
        arguments -> arguments.stream().distinct().count() == 1 ? new ArrayType(arguments.getFirst()) : null);
    public static final Operator ELEMENT_AT = new Operator("element_at", SCALAR,
        "The array's element, counted from 0; null beyond its end.", ConversionOperators::elementType);
    public static final Operator VARIANT_MEMBER = new Operator("variant_member", SCALAR,
        "The member of a JSON object with that name, or of an array with that number from 0; null when there is none or it is null.",
        arguments -> arguments.size() == 2 && arguments.get(0) == VARIANT && (arguments.get(1) == STRING || arguments.get(1) == INT64)
            ? VARIANT : null);
    public static final Operator VARIANT_TEXT = new Operator("variant_text", SCALAR,
        "A JSON text's own characters, other scalars and complex values as JSON writes them; null for JSON's null.",
        TypeRules.exactly(STRING, VARIANT));
    public static final Operator VARIANT_ELEMENTS = new Operator("variant_elements", SCALAR,
        "The elements of a JSON array; of an object the object itself; null for other values.",
        arguments -> arguments.equals(List.of(VARIANT)) ? new ArrayType(VARIANT) : null);

    public static final Operator FROM_JSON = new Operator("from_json", SCALAR,
        "The value that JSON text says, as the call's own type; null for text that is no JSON and for parts that the type cannot hold.",
        arguments -> null);

    static final List<Operator> ALL = List.of(REQUIRE, REPLACE_PATTERN, INSTANT_FROM_TEXT, BASE64_FROM_BINARY, BINARY_FROM_BASE64,
        JSON_TEXT, STRUCTURE, ARRAY, ELEMENT_AT, VARIANT_MEMBER, VARIANT_TEXT, VARIANT_ELEMENTS, FROM_JSON);

    private ConversionOperators() {
    }

    private static DataType elementType(List<DataType> arguments) {
        boolean indexed = arguments.size() == 2 && arguments.get(1) == INT64;
        return indexed && arguments.getFirst() instanceof ArrayType array ? array.element() : null;
    }
}
