package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import io.lazuli.languages.tsql.type.TypeRules;

/** Comparisons, by SQL Server's conversions and default collation. */
final class Predicates {
    private Predicates() {
    }

    static Expression compare(String operator, Typed left, Typed right, Place at) {
        SqlType type = TypeRules.common(left.type(), right.type());
        if (type.equals(SqlType.NULL)) {
            type = SqlType.INT;
        }
        requireComparable(left.type(), right.type(), at);
        Expression first = Expressions.key(Conversions.implicit(left, type, at).expression());
        Expression second = Expressions.key(Conversions.implicit(right, type, at).expression());
        return Call.of(operator(operator), first, second);
    }

    private static void requireComparable(SqlType left, SqlType right, Place at) {
        boolean clash = left.isTemporal() && (right.isInteger() || right.isExact() || right.isFloat()) && !left.isDateTime()
            || right.isTemporal() && (left.isInteger() || left.isExact() || left.isFloat()) && !right.isDateTime()
            || left.is(SqlType.Kind.UNIQUEIDENTIFIER) && (right.isNumber() || right.isTemporal())
            || right.is(SqlType.Kind.UNIQUEIDENTIFIER) && (left.isNumber() || left.isTemporal());
        if (clash) {
            throw failure(SqlError.OPERAND_TYPES, at, "Operand type clash: %s is incompatible with %s", left, right);
        }
    }

    private static Operator operator(String symbol) {
        return switch (symbol) {
            case "=" -> ComparisonOperators.EQUAL;
            case "<>" -> ComparisonOperators.NOT_EQUAL;
            case "<" -> ComparisonOperators.LESS;
            case "<=" -> ComparisonOperators.LESS_OR_EQUAL;
            case ">" -> ComparisonOperators.GREATER;
            default -> ComparisonOperators.GREATER_OR_EQUAL;
        };
    }

    static Expression or(Expression left, Expression right) {
        return Call.of(ComparisonOperators.OR, left, right);
    }

    static Expression negatedIf(boolean negated, Expression condition) {
        return negated ? Expressions.not(condition) : condition;
    }
}
