package io.lazuli.languages.dataflow.function;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.algebra.operator.Operator;
import java.util.List;

/** Short words for the expressions that functions are made of. */
final class Operators {
    private Operators() {
    }

    static Expression call(Operator operator, Expression... arguments) {
        return Call.of(operator, arguments);
    }

    /** An operator that is implemented in Java. */
    static Expression java(String operator, Expression... arguments) {
        return Call.of(JavaImplementedOperators.named(operator), arguments);
    }

    static Expression when(Expression condition, Expression value, Expression otherwise) {
        return new Case(List.of(new Case.Branch(condition, value)), otherwise);
    }

    static Expression text(String value) {
        return Literal.string(value);
    }

    static Expression number(int value) {
        return Literal.int32(value);
    }
}
