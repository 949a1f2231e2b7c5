package io.lazuli.languages.dataflow.transform;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import java.util.List;

/** Short ways to write conditions. */
final class Conditions {
    private Conditions() {
    }

    static Expression equal(Expression left, Expression right) {
        return Call.of(ComparisonOperators.EQUAL, left, right);
    }

    static Expression and(Expression left, Expression right) {
        return Call.of(ComparisonOperators.AND, left, right);
    }

    static Expression not(Expression condition) {
        return Call.of(ComparisonOperators.NOT, condition);
    }

    static Expression isNull(Expression value) {
        return Call.of(ComparisonOperators.IS_NULL, value);
    }

    /** False where the condition is null. */
    static Expression isTrue(Expression condition) {
        return Call.of(ComparisonOperators.COALESCE, condition, Literal.FALSE);
    }

    static Expression choose(Expression condition, Expression then, Expression otherwise) {
        return new Case(List.of(new Case.Branch(condition, then)), otherwise);
    }
}
