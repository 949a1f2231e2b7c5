package io.lazuli.languages.pipeline.function;

import static io.lazuli.languages.pipeline.function.ExpressionError.INVALID_VALUE;
import static io.lazuli.languages.pipeline.function.Kind.ANY;
import static io.lazuli.languages.pipeline.function.Kind.ARRAY;
import static io.lazuli.languages.pipeline.function.Kind.BOOLEAN;
import static io.lazuli.languages.pipeline.function.Kind.CONVERTIBLE_TO_NUMBER;
import static io.lazuli.languages.pipeline.function.Kind.INTEGER;
import static io.lazuli.languages.pipeline.function.Kind.NUMBER;
import static io.lazuli.languages.pipeline.function.Kind.STRING;
import static io.lazuli.languages.pipeline.function.PipelineFunction.function;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Conversions between the types of the language. */
final class ConversionFunctions {
    private static final String THOUSANDS = "[+-]?\\d[\\d,]*(\\.\\d*)?([eE][+-]?\\d+)?";

    private ConversionFunctions() {
    }

    static List<PipelineFunction> all() {
        return List.of(
            function(Category.CONVERSION, "array", "Gives an array with the value as its only element.")
                .takes("value", ANY).example("@array('hello')", "[\"hello\"]").gives(ARRAY, a -> Values.array(List.of(a.value(0)))),
            function(Category.CONVERSION, "bool", "Makes a Boolean of 'true' or 'false' in any case, or of a number: 0 is false.")
                .takes("value", CONVERTIBLE_TO_NUMBER).example("@bool(1)", "true").gives(BOOLEAN, ConversionFunctions::bool),
            function(Category.CONVERSION, "coalesce", "Gives the first value that is not null; what follows it is not evaluated.")
                .takesMany("object", ANY, 1).example("@coalesce(null, 'hello', 'world')", "\"hello\"")
                .gives(ANY, ConversionFunctions::coalesce),
            function(Category.CONVERSION, "createArray", "Gives an array of the values.")
                .takesMany("object", ANY, 0).example("@createArray('h', 'e', 'l', 'l', 'o')", "[\"h\",\"e\",\"l\",\"l\",\"o\"]")
                .gives(ARRAY, ConversionFunctions::createArray),
            function(Category.CONVERSION, "float", "Makes a decimal number of a text or a number.")
                .takes("value", CONVERTIBLE_TO_NUMBER).example("@float('10.333')", "10.333").gives(NUMBER, ConversionFunctions::real),
            function(Category.CONVERSION, "int", "Makes an integer of a text or a whole number; a fraction is an error.")
                .takes("value", CONVERTIBLE_TO_NUMBER).example("@int('10')", "10").gives(INTEGER, ConversionFunctions::integer),
            function(Category.CONVERSION, "string", "Makes a text of any value; objects and arrays become compact JSON.")
                .takes("value", ANY).example("@string(10)", "\"10\"").gives(STRING, a -> Values.string(Values.text(a.value(0)))));
    }

    private static JsonNode createArray(Arguments arguments) {
        List<JsonNode> items = new ArrayList<>();
        for (int i = 0; i < arguments.count(); i++) {
            items.add(arguments.value(i));
        }
        return Values.array(items);
    }

    private static JsonNode coalesce(Arguments arguments) {
        for (int i = 0; i < arguments.count(); i++) {
            if (!arguments.value(i).isNull()) {
                return arguments.value(i);
            }
        }
        return JsonNodeFactory.instance.nullNode();
    }

    private static JsonNode bool(Arguments arguments) {
        JsonNode value = arguments.value(0);
        return switch (ValueType.of(value)) {
            case BOOLEAN -> value;
            case STRING -> switch (value.stringValue().strip().toLowerCase(java.util.Locale.ROOT)) {
                case "true" -> Values.bool(true);
                case "false" -> Values.bool(false);
                default -> throw arguments.failure(0, INVALID_VALUE, "cannot make a Boolean of '%s'; 'true' and 'false' are accepted",
                    value.stringValue());
            };
            default -> Values.bool(value.doubleValue() != 0);
        };
    }

    private static JsonNode integer(Arguments arguments) {
        JsonNode value = arguments.value(0);
        return switch (ValueType.of(value)) {
            case INTEGER -> Values.integer(arguments.integer(0));
            case BOOLEAN -> Values.integer(value.booleanValue() ? 1 : 0);
            case FLOAT -> wholeNumber(arguments, value.doubleValue());
            default -> parseInteger(arguments, value.stringValue());
        };
    }

    private static JsonNode wholeNumber(Arguments arguments, double value) {
        if (value != Math.rint(value) || Math.abs(value) >= 0x1p63) {
            throw arguments.failure(0, INVALID_VALUE,
                "needs a whole number of at most 64 bits, not %s; div(value, 1.0) does not round either, "
                + "cut the text with split() or substring()", value);
        }
        return Values.integer((long) value);
    }

    private static JsonNode parseInteger(Arguments arguments, String text) {
        try {
            return Values.integer(Long.parseLong(text.strip()));
        } catch (NumberFormatException notAnInteger) {
            throw arguments.failure(0, INVALID_VALUE, "cannot make an integer of '%s'", text);
        }
    }

    private static JsonNode real(Arguments arguments) {
        JsonNode value = arguments.value(0);
        return switch (ValueType.of(value)) {
            case BOOLEAN -> Values.real(value.booleanValue() ? 1 : 0);
            case STRING -> parseReal(arguments, value.stringValue());
            default -> Values.real(value.doubleValue());
        };
    }

    private static JsonNode parseReal(Arguments arguments, String text) {
        String digits = text.strip();
        if (digits.matches(THOUSANDS) || digits.matches("[+-]?\\.\\d+([eE][+-]?\\d+)?")) {
            double value = new BigDecimal(digits.replace(",", "").replaceFirst("\\.$", "").replaceFirst("\\.([eE])", "$1")).doubleValue();
            if (Double.isFinite(value)) {
                return Values.real(value);
            }
        }
        throw arguments.failure(0, INVALID_VALUE, "cannot make a decimal number of '%s'", text);
    }
}
