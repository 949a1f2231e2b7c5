package io.lazuli.languages.dataflow.function;

import static io.lazuli.foundation.LazuliException.failure;
import static io.lazuli.languages.dataflow.function.FlowFunction.function;
import static io.lazuli.languages.dataflow.function.Operators.call;
import static io.lazuli.languages.dataflow.function.Operators.java;
import static io.lazuli.languages.dataflow.function.Operators.number;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Comparisons, logic and choices. */
final class LogicFunctions {
    static final List<FlowFunction> ALL = List.of(
        function("and(condition, condition)", call -> call(ComparisonOperators.AND, call.bool(0), call.bool(1))),
        function("between(value, least, greatest)", call -> call(ComparisonOperators.AND,
            comparison(call, ComparisonOperators.GREATER_OR_EQUAL, 0, 1), comparison(call, ComparisonOperators.LESS_OR_EQUAL, 0, 2))),
        function("case(condition, value, ...)", LogicFunctions::choice),
        function("coalesce(value, ...)", LogicFunctions::firstKnown),
        function("compare(value, value)", LogicFunctions::compare),
        function("equals(value, value)", call -> comparison(call, ComparisonOperators.EQUAL, 0, 1)),
        function("equalsIgnoreCase(text, text)", call -> call(ComparisonOperators.EQUAL, java("lower_case", call.string(0)),
            java("lower_case", call.string(1)))),
        function("expr(text)", call -> call.text(call.constantString(0), 0)),
        function("false()", call -> Literal.FALSE),
        function("greater(value, value)", call -> comparison(call, ComparisonOperators.GREATER, 0, 1)),
        function("greaterOrEqual(value, value)", call -> comparison(call, ComparisonOperators.GREATER_OR_EQUAL, 0, 1)),
        function("iif(condition, value, [value])", LogicFunctions::choice),
        function("iifNull(value, [value], ...)", LogicFunctions::firstKnown),
        function("isNull(value)", call -> call(ComparisonOperators.IS_NULL, call.value(0))),
        function("lesser(value, value)", call -> comparison(call, ComparisonOperators.LESS, 0, 1)),
        function("lesserOrEqual(value, value)", call -> comparison(call, ComparisonOperators.LESS_OR_EQUAL, 0, 1)),
        function("not(condition)", call -> call(ComparisonOperators.NOT, call.bool(0))),
        function("notEquals(value, value)", call -> comparison(call, ComparisonOperators.NOT_EQUAL, 0, 1)),
        function("null()", call -> Literal.NULL),
        function("nullSafeEquals(value, value)", call -> comparison(call, ComparisonOperators.NOT_DISTINCT, 0, 1)),
        function("or(condition, condition)", call -> call(ComparisonOperators.OR, call.bool(0), call.bool(1))),
        function("true()", call -> Literal.TRUE),
        function("xor(condition, condition)", call -> call(ComparisonOperators.NOT_EQUAL, call.bool(0), call.bool(1))));

    private LogicFunctions() {
    }

    /** Values of different types compare as the wider type; a text compares with another scalar as a value of that type. */
    private static Expression comparison(FunctionCall call, Operator operator, int first, int second) {
        Expression left = call.value(first);
        Expression right = call.value(second);
        DataType type = FlowTypes.common(left.type(), right.type());
        if (type == null && left.type() == ScalarType.STRING && right.type() instanceof ScalarType) {
            type = right.type().isNumeric() ? ScalarType.FLOAT64 : right.type();
            left = Conversions.convert(left, type);
        } else if (type == null && right.type() == ScalarType.STRING && left.type() instanceof ScalarType) {
            type = left.type().isNumeric() ? ScalarType.FLOAT64 : left.type();
            right = Conversions.convert(right, type);
        }
        if (type == null || type instanceof MapType) {
            throw failure(AlgebraError.TYPE_MISMATCH, call.at(), "%s does not compare %s with %s", call.name(),
                FlowTypes.described(left.type()), FlowTypes.described(right.type()));
        }
        DataType compared = type == ScalarType.NULL ? ScalarType.STRING : type;
        return call(operator, Coercion.widen(left, compared), Coercion.widen(right, compared));
    }

    private static Expression compare(FunctionCall call) {
        List<Case.Branch> branches = List.of(
            new Case.Branch(comparison(call, ComparisonOperators.LESS, 0, 1), number(-1)),
            new Case.Branch(comparison(call, ComparisonOperators.EQUAL, 0, 1), number(0)),
            new Case.Branch(comparison(call, ComparisonOperators.GREATER, 0, 1), number(1)));
        return new Case(branches, new Literal(null, ScalarType.INT32));
    }

    private static Expression firstKnown(FunctionCall call) {
        List<Expression> values = call.alike(0);
        return values.getFirst().type() == ScalarType.NULL ? Literal.NULL : Call.of(ComparisonOperators.COALESCE, values);
    }

    /** Conditions and values by turns, and a last value for when no condition holds, which is null when left out. */
    private static Expression choice(FunctionCall call) {
        int pairs = call.count() / 2;
        boolean otherwise = call.count() % 2 == 1;
        int[] values = IntStream.concat(IntStream.range(0, pairs).map(i -> 2 * i + 1),
            otherwise ? IntStream.of(call.count() - 1) : IntStream.empty()).toArray();
        List<Expression> results = Coercion.alike(call, values);
        List<Case.Branch> branches = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            branches.add(new Case.Branch(call.bool(2 * i), results.get(i)));
        }
        return new Case(branches, otherwise ? results.getLast() : new Literal(null, results.getFirst().type()));
    }
}
