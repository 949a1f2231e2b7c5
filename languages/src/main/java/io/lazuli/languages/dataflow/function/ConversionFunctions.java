package io.lazuli.languages.dataflow.function;

import static io.lazuli.languages.dataflow.function.FlowFunction.function;
import static io.lazuli.languages.dataflow.function.Operators.java;
import static io.lazuli.languages.dataflow.function.Operators.text;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.LazuliException;
import java.util.List;

/** {@code toX}: what cannot be converted becomes null. */
final class ConversionFunctions {
    static final List<FlowFunction> ALL = List.of(
        function("toBinary(value)", call -> converted(call, ScalarType.BINARY)),
        function("toBoolean(value)", call -> converted(call, ScalarType.BOOLEAN)),
        number("toByte", ScalarType.INT8),
        function("toDate(value, [format], [language])", ConversionFunctions::toDate),
        function("toDecimal(value, [precision], [scale], [format], [language])", ConversionFunctions::toDecimal),
        number("toDouble", ScalarType.FLOAT64),
        number("toFloat", ScalarType.FLOAT32),
        number("toInteger", ScalarType.INT32),
        number("toLong", ScalarType.INT64),
        number("toShort", ScalarType.INT16),
        function("toString(value, [format], [language])", ConversionFunctions::toText),
        function("toTimestamp(value, [format], [zone])", ConversionFunctions::toTimestamp));

    private ConversionFunctions() {
    }

    private static FlowFunction number(String name, DataType type) {
        return function(name + "(value, [format], [language])", call -> {
            boolean formatted = call.has(1) && call.value(0).type() == ScalarType.STRING;
            return formatted ? Conversions.convert(parsed(call, 1), type) : converted(call, type);
        });
    }

    private static Expression converted(FunctionCall call, DataType type) {
        try {
            return Conversions.convert(call.value(0), type);
        } catch (LazuliException e) {
            throw e.code() == AlgebraError.TYPE_MISMATCH && e.place().line() == 0 ? e.at(call.syntax(0).at()) : e;
        }
    }

    /** The plain number that the text says in the format at an argument. */
    static Expression parsed(FunctionCall call, int format) {
        return java("parse_number", call.string(0), call.numberPattern(format, "parse_number"), language(call, format + 1));
    }

    private static Expression language(FunctionCall call, int argument) {
        return call.has(argument) ? call.string(argument) : text("");
    }

    private static Expression toDecimal(FunctionCall call) {
        int precision = call.has(1) ? call.constantInteger(1) : FlowTypes.DEFAULT_DECIMAL.precision();
        int scale = call.has(2) ? call.constantInteger(2) : call.has(1) ? 0 : FlowTypes.DEFAULT_DECIMAL.scale();
        if (precision < 1 || precision > DecimalType.MAX_PRECISION || scale < 0 || scale > precision) {
            throw call.mismatch(1, "1 to 38 digits, and no more of them after the point,");
        }
        DataType type = new DecimalType(precision, scale);
        boolean formatted = call.has(3) && call.value(0).type() == ScalarType.STRING;
        return formatted ? Cast.orNull(parsed(call, 3), type) : converted(call, type);
    }

    static Expression toDate(FunctionCall call) {
        boolean formatted = call.has(1) && call.value(0).type() == ScalarType.STRING;
        return formatted
            ? Cast.strict(java("parse_time_pattern", call.string(0), call.timePattern(1), language(call, 2)), ScalarType.DATE)
            : converted(call, ScalarType.DATE);
    }

    /** A zone does not move the time: the text and the result are of the same clock. */
    static Expression toTimestamp(FunctionCall call) {
        if (call.has(2)) {
            call.zone(2);
        }
        boolean formatted = call.has(1) && call.value(0).type() == ScalarType.STRING;
        return formatted ? java("parse_time_pattern", call.string(0), call.timePattern(1), text(""))
            : converted(call, ScalarType.TIMESTAMP);
    }

    private static Expression toText(FunctionCall call) {
        Expression value = call.value(0);
        if (!call.has(1)) {
            return converted(call, ScalarType.STRING);
        }
        if (FlowTypes.isDateOrTimestamp(value.type())) {
            return java("format_time_pattern", call.timestamp(0), call.timePattern(1), language(call, 2));
        }
        if (!value.type().isNumeric()) {
            return converted(call, ScalarType.STRING);
        }
        Expression plain = value.type().isFloating() ? java("float64_plain_text", call.float64(0)) : Cast.strict(value, ScalarType.STRING);
        return java("format_number", plain, call.numberPattern(1, "format_number"), language(call, 2));
    }
}
