package io.lazuli.languages.tsql.bind;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.type.ScalarType;
import java.util.List;

/** Short ways to build algebra expressions. */
final class Expressions {
    private Expressions() {
    }

    static Expression string(String text) {
        return Literal.string(text);
    }

    static Expression isNull(Expression value) {
        return Call.of(ComparisonOperators.IS_NULL, value);
    }

    static Expression not(Expression condition) {
        return Call.of(ComparisonOperators.NOT, condition);
    }

    static Expression equal(Expression left, Expression right) {
        return Call.of(ComparisonOperators.EQUAL, left, right);
    }

    static Expression and(Expression left, Expression right) {
        return left.equals(Literal.TRUE) ? right : right.equals(Literal.TRUE) ? left : Call.of(ComparisonOperators.AND, left, right);
    }

    static Expression choose(Expression condition, Expression then, Expression otherwise) {
        return new Case(List.of(new Case.Branch(condition, then)), otherwise);
    }

    /** What compares as SQL Server's default collation does: a text's key, other values themselves. */
    static Expression key(Expression value) {
        return value.type() == ScalarType.STRING ? Call.of(ComparisonOperators.COLLATION_KEY, value) : value;
    }

    static Expression concat(Expression... texts) {
        return Call.of(StringOperators.CONCAT, List.of(texts));
    }

    static Expression trimEnd(Expression text) {
        return Call.of(StringOperators.TRIM_END, text, string(" "));
    }

    static Expression trim(Expression text) {
        return Call.of(StringOperators.TRIM_START, trimEnd(text), string(" "));
    }

    static Expression length(Expression text) {
        return Call.of(StringOperators.LENGTH, text);
    }

    static Expression substring(Expression text, Expression start, Expression count) {
        return Call.of(StringOperators.SUBSTRING, text, start, count);
    }

    static Expression left(Expression text, int count) {
        return substring(text, Literal.int32(1), Literal.int32(count));
    }
}
