package io.lazuli.languages.tsql.bind;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.languages.tsql.bind.FunctionBinder.Function;
import io.lazuli.languages.tsql.syntax.SqlExpression.FunctionCall;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Functions that choose among their arguments. */
final class ConditionalFunctions {
    static final Map<String, Function> ALL = Map.of(
        "COALESCE", Function.of(2, Integer.MAX_VALUE, (call, binder) -> coalesce(call, binder)),
        "ISNULL", Function.of(2, ConditionalFunctions::isNull),
        "NULLIF", Function.of(2, ConditionalFunctions::nullIf),
        "IIF", Function.of(3, (call, binder) -> binder.choose(List.of(binder.condition(call.arguments().getFirst())),
            List.of(binder.value(call.arguments().get(1)), binder.value(call.arguments().get(2))), call.at())),
        "CHOOSE", Function.of(2, Integer.MAX_VALUE, ConditionalFunctions::choose),
        "GREATEST", Function.of(1, 254, (call, binder) -> extreme(call, binder, ">")),
        "LEAST", Function.of(1, 254, (call, binder) -> extreme(call, binder, "<")));

    private ConditionalFunctions() {
    }

    private static Typed coalesce(FunctionCall call, ExpressionBinder binder) {
        List<Typed> values = call.arguments().stream().map(binder::value).toList();
        SqlType type = ExpressionBinder.commonType(values);
        List<Expression> converted = values.stream().map(value -> Conversions.implicit(value, type, call.at()).expression()).toList();
        return new Typed(Call.of(ComparisonOperators.COALESCE, converted), type);
    }

    /** Has the first argument's type, to which the second is converted and cut. */
    private static Typed isNull(FunctionCall call, ExpressionBinder binder) {
        Typed value = binder.value(call.arguments().getFirst());
        Typed other = binder.value(call.arguments().get(1));
        if (value.type().equals(SqlType.NULL)) {
            return other;
        }
        Typed converted = Conversions.explicit(other, value.type(), false, call.at());
        return new Typed(Call.of(ComparisonOperators.COALESCE, value.expression(), converted.expression()), value.type());
    }

    private static Typed nullIf(FunctionCall call, ExpressionBinder binder) {
        Typed value = binder.value(call.arguments().getFirst());
        Expression same = Predicates.compare("=", value, binder.value(call.arguments().get(1)), call.at());
        return new Typed(Expressions.choose(same, new Literal(null, value.expression().type()), value.expression()), value.type());
    }

    private static Typed choose(FunctionCall call, ExpressionBinder binder) {
        Typed index = binder.integer(call.arguments().getFirst());
        List<Expression> conditions = new ArrayList<>();
        List<Typed> values = new ArrayList<>();
        for (int i = 1; i < call.arguments().size(); i++) {
            conditions.add(Expressions.equal(index.expression(), Literal.int32(i)));
            values.add(binder.value(call.arguments().get(i)));
        }
        values.add(Typed.nothing(SqlType.NULL));
        return binder.choose(conditions, values, call.at());
    }

    /** Nulls are passed over. */
    private static Typed extreme(FunctionCall call, ExpressionBinder binder, String operator) {
        return call.arguments().stream().map(binder::value).reduce((left, right) -> {
            Expression keepLeft = Predicates.or(Expressions.isNull(right.expression()),
                Predicates.compare(operator + "=", left, right, call.at()));
            return binder.choose(List.of(keepLeft), List.of(left, right), call.at());
        }).orElseThrow();
    }
}
