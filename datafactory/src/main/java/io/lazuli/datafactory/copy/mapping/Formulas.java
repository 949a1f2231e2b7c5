package io.lazuli.datafactory.copy.mapping;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;
import java.util.Arrays;
import java.util.List;

/** Short names for the expressions of which conversions are made. */
final class Formulas {
    private Formulas() {
    }

    static Literal text(String value) {
        return Literal.string(value);
    }

    static Expression matches(Expression value, String pattern) {
        return Call.of(StringOperators.MATCHES, value, text(pattern));
    }

    static Expression replace(Expression value, String pattern, String replacement) {
        return Call.of(ConversionOperators.REPLACE_PATTERN, value, text(pattern), text(replacement));
    }

    static Expression trim(Expression value) {
        Literal space = text(" \t\r\n");
        return Call.of(StringOperators.TRIM_END, Call.of(StringOperators.TRIM_START, value, space), space);
    }

    /** The texts one after another; null when any is null. */
    static Expression join(Expression... values) {
        return Call.of(StringOperators.CONCAT, values);
    }

    static Expression isNull(Expression value) {
        return Call.of(ComparisonOperators.IS_NULL, value);
    }

    static Expression not(Expression condition) {
        return condition.equals(Literal.FALSE) ? Literal.TRUE : Call.of(ComparisonOperators.NOT, condition);
    }

    static Expression and(Expression left, Expression right) {
        return Call.of(ComparisonOperators.AND, left, right);
    }

    /** Whether any of the conditions is true. */
    static Expression any(List<Expression> conditions) {
        return conditions.stream().filter(condition -> !condition.equals(Literal.FALSE))
            .reduce((left, right) -> Call.of(ComparisonOperators.OR, left, right)).orElse(Literal.FALSE);
    }

    static Expression coalesce(Expression... values) {
        return values.length == 1 ? values[0] : Call.of(ComparisonOperators.COALESCE, Arrays.asList(values));
    }

    static Expression choose(Expression condition, Expression value, Expression otherwise) {
        return new Case(List.of(new Case.Branch(condition, value)), otherwise);
    }

    static Expression orNull(Expression value, DataType type) {
        return Cast.orNull(value, type);
    }

    static Literal nothing(DataType type) {
        return new Literal(null, type);
    }

    static Expression asText(Expression value) {
        return Cast.strict(value, ScalarType.STRING);
    }
}
