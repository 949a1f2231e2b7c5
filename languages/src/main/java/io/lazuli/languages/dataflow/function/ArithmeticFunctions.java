package io.lazuli.languages.dataflow.function;

import static io.lazuli.foundation.LazuliException.failure;
import static io.lazuli.languages.dataflow.function.FlowFunction.function;
import static io.lazuli.languages.dataflow.function.Operators.call;
import static io.lazuli.languages.dataflow.function.Operators.text;
import static io.lazuli.languages.dataflow.function.Operators.when;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.DateOperators;
import io.lazuli.algebra.operator.LenientMathOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.LazuliException;
import java.util.List;

/** What the operators {@code + - * / %} do; integers keep their type, also in divisions. */
final class ArithmeticFunctions {
    static final List<FlowFunction> ALL = List.of(
        function("add(value, value)", ArithmeticFunctions::add),
        function("minus(value, value)", ArithmeticFunctions::minus),
        function("multiply(number, number)",
            call -> numbers(call, LenientMathOperators.MULTIPLY_WRAPPING, MathOperators.MULTIPLY)),
        function("divide(number, number)", call -> numbers(call, LenientMathOperators.DIVIDE_OR_NULL, LenientMathOperators.DIVIDE_OR_NULL)),
        function("mod(number, number)", ArithmeticFunctions::remainder),
        function("pMod(number, number)", ArithmeticFunctions::positiveRemainder),
        function("negate(number)", ArithmeticFunctions::negate));

    private ArithmeticFunctions() {
    }

    private static Expression add(FunctionCall call) {
        Expression left = call.value(0);
        Expression right = call.value(1);
        if (left.type() instanceof ArrayType || right.type() instanceof ArrayType) {
            return append(call);
        }
        if (left.type() == ScalarType.STRING || right.type() == ScalarType.STRING) {
            return call(StringOperators.CONCAT, Conversions.toText(left), Conversions.toText(right));
        }
        if (FlowTypes.isDateOrTimestamp(left.type())) {
            return shifted(left, call.integral(1));
        }
        return FlowTypes.isDateOrTimestamp(right.type()) ? shifted(right, call.integral(0))
            : numbers(call, LenientMathOperators.ADD_WRAPPING, MathOperators.ADD);
    }

    private static Expression minus(FunctionCall call) {
        Expression left = call.value(0);
        Expression right = call.value(1);
        if (!FlowTypes.isDateOrTimestamp(left.type())) {
            return numbers(call, LenientMathOperators.SUBTRACT_WRAPPING, MathOperators.SUBTRACT);
        }
        if (left.type() == ScalarType.DATE && right.type() == ScalarType.DATE) {
            Expression days = call(DateOperators.DATE_DIFFERENCE, text("day"), call.timestamp(1), call.timestamp(0));
            return Coercion.integer(days, ScalarType.INT32);
        }
        if (FlowTypes.isDateOrTimestamp(right.type())) {
            return call(DateOperators.DATE_DIFFERENCE, text("millisecond"), call.timestamp(1), call.timestamp(0));
        }
        return shifted(left, DateFunctions.negated(call.int64(1)));
    }

    /** A date so many days, a timestamp so many milliseconds later. */
    private static Expression shifted(Expression time, Expression number) {
        Expression count = Coercion.integer(number, ScalarType.INT64);
        return DateFunctions.shifted(time, time.type() == ScalarType.DATE ? "day" : "millisecond", count);
    }

    private static Expression append(FunctionCall call) {
        DataType common = FlowTypes.common(call.value(0).type(), call.value(1).type());
        if (common instanceof ArrayType) {
            return call(ArrayOperators.ARRAY_CONCAT, Coercion.widen(call.value(0), common), Coercion.widen(call.value(1), common));
        }
        boolean arrayFirst = call.value(0).type() instanceof ArrayType;
        ArrayType array = (ArrayType) call.value(arrayFirst ? 0 : 1).type();
        Expression item = call.value(arrayFirst ? 1 : 0);
        if (!array.element().equals(FlowTypes.common(array.element(), item.type()))) {
            throw call.mismatch(arrayFirst ? 1 : 0, FlowTypes.described(array));
        }
        Expression one = Call.of(ConversionOperators.ARRAY, Coercion.widen(item, array.element()));
        return arrayFirst ? call(ArrayOperators.ARRAY_CONCAT, call.value(0), one) : call(ArrayOperators.ARRAY_CONCAT, one, call.value(1));
    }

    /** Two numbers in their common type: an operator for integers, another for floats and decimals. */
    private static Expression numbers(FunctionCall call, Operator integers, Operator others) {
        Expression left = operand(call, 0);
        Expression right = operand(call, 1);
        DataType type = FlowTypes.common(left.type(), right.type());
        if (type == ScalarType.NULL) {
            return Literal.NULL;
        }
        if (type instanceof DecimalType) {
            return decimals(left, right, others);
        }
        return call(type.isInteger() ? integers : others, Coercion.widen(left, type), Coercion.widen(right, type));
    }

    private static Expression operand(FunctionCall call, int argument) {
        Expression value = call.value(argument);
        if (!value.type().isNumeric() && value.type() != ScalarType.NULL) {
            throw unfit(call);
        }
        return value;
    }

    private static LazuliException unfit(FunctionCall call) {
        return failure(AlgebraError.TYPE_MISMATCH, call.at(), "%s does not take %s and %s", call.name(),
            FlowTypes.described(call.value(0).type()), FlowTypes.described(call.value(1).type()));
    }

    private static Expression decimals(Expression left, Expression right, Operator operator) {
        Expression a = Coercion.widen(left, left.type() == ScalarType.NULL ? right.type() : FlowTypes.decimal(left.type()));
        Expression b = Coercion.widen(right, right.type() == ScalarType.NULL ? a.type() : FlowTypes.decimal(right.type()));
        if (operator.equals(MathOperators.ADD) || operator.equals(MathOperators.SUBTRACT)) {
            return DecimalArithmetic.sum(operator, a, b);
        }
        return operator.equals(MathOperators.MULTIPLY) ? DecimalArithmetic.product(a, b) : DecimalArithmetic.quotient(a, b);
    }

    private static Expression remainder(FunctionCall call) {
        return fitted(call, rest(call));
    }

    private static Expression rest(FunctionCall call) {
        Expression left = operand(call, 0);
        Expression right = operand(call, 1);
        DataType type = FlowTypes.common(left.type(), right.type());
        return type == ScalarType.NULL ? Literal.NULL
            : call(LenientMathOperators.REMAINDER_OR_NULL, Coercion.widen(left, type), Coercion.widen(right, type));
    }

    private static Expression positiveRemainder(FunctionCall call) {
        Expression rest = rest(call);
        if (rest == Literal.NULL) {
            return rest;
        }
        Expression divisor = Coercion.widen(call.value(1), rest.type());
        Expression zero = Coercion.widen(Literal.int32(0), rest.type());
        Expression raised = rest.type().isInteger() ? call(LenientMathOperators.ADD_WRAPPING, rest, divisor)
            : call(MathOperators.ADD, wider(rest), wider(divisor));
        return fitted(call, when(call(ComparisonOperators.LESS, rest, zero),
            call(LenientMathOperators.REMAINDER_OR_NULL, raised, wider(divisor)), wider(rest)));
    }

    /** With room for a digit more, if it is a decimal. */
    private static Expression wider(Expression number) {
        return number.type() instanceof DecimalType decimal ? Coercion.widen(number, MathFunctions.wider(decimal)) : number;
    }

    /** What a division of decimals leaves, in Spark's type; null where that has too few digits. */
    private static Expression fitted(FunctionCall call, Expression rest) {
        return rest.type() instanceof DecimalType
            ? Cast.orNull(rest, DecimalArithmetic.remainder(call.value(0).type(), call.value(1).type())) : rest;
    }

    private static Expression negate(FunctionCall call) {
        Expression value = call.number(0);
        return value.type().isInteger()
            ? call(LenientMathOperators.SUBTRACT_WRAPPING, Coercion.widen(Literal.int32(0), value.type()), value)
            : call(MathOperators.NEGATE, value);
    }
}
