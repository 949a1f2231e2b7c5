package io.lazuli.languages.dataflow.function;

import static io.lazuli.languages.dataflow.function.FlowFunction.function;
import static io.lazuli.languages.dataflow.function.Operators.call;

import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.LenientMathOperators;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import java.util.List;

/** {@code isX(text)}: whether {@code toX} of the text is a value; false for no text. */
final class TypeTestFunctions {
    static final List<FlowFunction> ALL = List.of(
        function("isBoolean(text)", call -> known(Conversions.convert(call.string(0), ScalarType.BOOLEAN))),
        number("isByte", ScalarType.INT8),
        function("isDate(text, [format])", call -> known(ConversionFunctions.toDate(texts(call)))),
        number("isDecimal", new DecimalType(DecimalType.MAX_PRECISION, 10)),
        number("isDouble", ScalarType.FLOAT64),
        number("isFloat", ScalarType.FLOAT32),
        number("isInteger", ScalarType.INT32),
        number("isLong", ScalarType.INT64),
        function("isNan(number)",
            call -> call(ComparisonOperators.COALESCE, call(LenientMathOperators.IS_NAN, call.float64(0)), Literal.FALSE)),
        number("isShort", ScalarType.INT16),
        function("isTimestamp(text, [format], [zone])", call -> known(ConversionFunctions.toTimestamp(texts(call)))));

    private TypeTestFunctions() {
    }

    private static FlowFunction number(String name, DataType type) {
        return function(name + "(text, [format], [language])", call -> {
            Expression text = call.has(1) ? ConversionFunctions.parsed(call, 1) : call.string(0);
            return known(text.type().equals(type) ? text : fitting(text, type));
        });
    }

    private static Expression fitting(Expression text, DataType type) {
        return type instanceof DecimalType ? Conversions.convert(text, type) : Cast.orNull(Conversions.convert(text, type), type);
    }

    /** The call, after a look that it is of a text. */
    private static FunctionCall texts(FunctionCall call) {
        call.string(0);
        return call;
    }

    private static Expression known(Expression value) {
        return call(ComparisonOperators.NOT, call(ComparisonOperators.IS_NULL, value));
    }
}
