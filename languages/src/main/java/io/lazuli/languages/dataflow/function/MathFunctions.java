package io.lazuli.languages.dataflow.function;

import static io.lazuli.languages.dataflow.function.FlowFunction.function;
import static io.lazuli.languages.dataflow.function.Operators.call;
import static io.lazuli.languages.dataflow.function.Operators.java;
import static io.lazuli.languages.dataflow.function.Operators.number;
import static io.lazuli.languages.dataflow.function.Operators.when;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.LenientMathOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.languages.dataflow.scope.RowState;
import java.util.List;

/** Functions of numbers; where mathematics has no result they give null or no number, never an error. */
final class MathFunctions {
    /** The rounding mode of a call that names none: half up. */
    private static final int HALF_UP = 5;

    static final List<FlowFunction> ALL = List.of(
        function("abs(number)", MathFunctions::absolute),
        function("acos(number)", call -> call(LenientMathOperators.ACOS_OR_NAN, call.float64(0))),
        function("asin(number)", call -> call(LenientMathOperators.ASIN_OR_NAN, call.float64(0))),
        function("atan(number)", call -> call(MathOperators.ATAN, call.float64(0))),
        function("atan2(height, distance)", call -> call(LenientMathOperators.ATAN2, call.float64(0), call.float64(1))),
        function("bitwiseAnd(integer, integer)",
            call -> bits(call, MathOperators.BIT_AND, ComparisonOperators.AND)),
        function("bitwiseOr(integer, integer)", call -> bits(call, MathOperators.BIT_OR, ComparisonOperators.OR)),
        function("bitwiseXor(integer, integer)", call -> bits(call, MathOperators.BIT_XOR, ComparisonOperators.NOT_EQUAL)),
        function("cbrt(number)", call -> java("cbrt", call.float64(0))),
        function("ceil(number)", call -> whole(call, MathOperators.CEILING)),
        function("cos(number)", call -> call(MathOperators.COS, call.float64(0))),
        function("cosh(number)", call -> call(LenientMathOperators.COSH, call.float64(0))),
        function("degrees(number)", call -> call(LenientMathOperators.DEGREES, call.float64(0))),
        function("factorial(number)", call -> java("factorial", call.whole(0))),
        function("floor(number)", call -> whole(call, MathOperators.FLOOR)),
        function("greatest(value, ...)", call -> ofAll(call, LenientMathOperators.GREATEST)),
        function("least(value, ...)", call -> ofAll(call, LenientMathOperators.LEAST)),
        function("log(number, [base])", MathFunctions::logarithm),
        function("log10(number)", MathFunctions::decimalLogarithm),
        function("nextSequence()", call -> java("next_sequence")),
        function("partitionId()", call -> number(0)),
        function("power(number, exponent)", call -> call(MathOperators.POWER, call.float64(0), call.float64(1))),
        function("radians(number)", call -> call(LenientMathOperators.RADIANS, call.float64(0))),
        function("random([seed])", MathFunctions::random),
        function("round(number, [digits], [mode])", MathFunctions::round),
        function("sin(number)", call -> call(MathOperators.SIN, call.float64(0))),
        function("sinh(number)", call -> call(LenientMathOperators.SINH, call.float64(0))),
        function("sqrt(number)", call -> call(LenientMathOperators.SQRT_OR_NAN, call.float64(0))),
        function("tan(number)", call -> call(MathOperators.TAN, call.float64(0))),
        function("tanh(number)", call -> call(LenientMathOperators.TANH, call.float64(0))),
        function("uuid()", call -> Cast.strict(call(StringOperators.NEW_UUID), ScalarType.STRING)));

    private MathFunctions() {
    }

    /** The least integer of a type has no positive one beside it and stays as it is. */
    private static Expression absolute(FunctionCall call) {
        Expression value = call.number(0);
        if (!value.type().isInteger()) {
            return call(MathOperators.ABS, value);
        }
        Expression zero = Coercion.widen(number(0), value.type());
        return when(call(ComparisonOperators.LESS, value, zero), call(LenientMathOperators.SUBTRACT_WRAPPING, zero, value), value);
    }

    /** On truth values the operators of bits are those of logic. */
    private static Expression bits(FunctionCall call, Operator integers, Operator truths) {
        if (call.value(0).type() == ScalarType.BOOLEAN || call.value(1).type() == ScalarType.BOOLEAN) {
            return call(truths, call.bool(0), call.bool(1));
        }
        call.integral(0);
        call.integral(1);
        List<Expression> operands = call.alike(0);
        return operands.getFirst().type() == ScalarType.NULL ? Literal.NULL : Call.of(integers, operands);
    }

    /** The whole numbers about doubles are longs, those about decimals decimals without digits after the point. */
    private static Expression whole(FunctionCall call, Operator operator) {
        Expression value = call.number(0);
        if (value.type().isInteger()) {
            return value;
        }
        if (value.type() instanceof DecimalType decimal) {
            int digits = Math.min(DecimalType.MAX_PRECISION, decimal.precision() - decimal.scale() + 1);
            return Cast.strict(call(operator, Cast.strict(value, wider(decimal))), new DecimalType(digits, 0));
        }
        return java("float64_to_int64", call(operator, call.float64(0)));
    }

    private static Expression ofAll(FunctionCall call, Operator operator) {
        List<Expression> values = call.alike(0);
        return values.getFirst().type() == ScalarType.NULL ? Literal.NULL : Call.of(operator, values);
    }

    /** To base 1 it is infinite, or no number: a division by zero as Java does it. */
    private static Expression logarithm(FunctionCall call) {
        Expression natural = call(LenientMathOperators.LN_OR_NULL, call.float64(0));
        if (!call.has(1)) {
            return natural;
        }
        Expression base = call(LenientMathOperators.LN_OR_NULL, call.float64(1));
        Expression isOne = call(ComparisonOperators.EQUAL, base, new Literal(0.0, ScalarType.FLOAT64));
        return when(isOne, call(MathOperators.MULTIPLY, natural, new Literal(Double.POSITIVE_INFINITY, ScalarType.FLOAT64)),
            call(LenientMathOperators.DIVIDE_OR_NULL, natural, base));
    }

    private static Expression decimalLogarithm(FunctionCall call) {
        Expression value = call.float64(0);
        Expression positive = call(ComparisonOperators.GREATER, value, new Literal(0.0, ScalarType.FLOAT64));
        return when(positive, call(MathOperators.LOG10, value), new Literal(null, ScalarType.FLOAT64));
    }

    /** With a seed the same number for the same row of the same rows; where there are no rows, that of the first. */
    private static Expression random(FunctionCall call) {
        if (!call.has(0)) {
            return java("float64_to_int64",
                call(MathOperators.MULTIPLY, call(MathOperators.RANDOM), new Literal((double) Long.MAX_VALUE, ScalarType.FLOAT64)));
        }
        RowState state = call.scope().rowState();
        Expression row = state == null ? null : state.value(RowState.NUMBER, List.of(), call.at());
        return java("seeded_random", call.int64(0), row == null ? Literal.int64(1) : row);
    }

    private static Expression round(FunctionCall call) {
        Expression digits = call.has(1) ? call.int32(1) : number(0);
        Expression mode = call.has(2) ? call.int32(2) : number(HALF_UP);
        if (!(call.number(0).type() instanceof DecimalType decimal)) {
            return java("round_float64", call.float64(0), digits, mode);
        }
        return Cast.orNull(java("round_text", Cast.strict(call.number(0), ScalarType.STRING), digits, mode), wider(decimal));
    }

    /** A type with a digit more before the point, for what rounding up may carry. */
    static DecimalType wider(DecimalType type) {
        return new DecimalType(Math.min(DecimalType.MAX_PRECISION, type.precision() + 1), type.scale());
    }
}
