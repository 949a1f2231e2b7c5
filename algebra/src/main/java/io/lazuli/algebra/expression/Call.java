package io.lazuli.algebra.expression;

import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.type.DataType;
import java.util.List;
import java.util.stream.Collectors;

/** A canonical operator applied to a row's values. */
public record Call(Operator operator, List<Expression> arguments, DataType type) implements Expression {
    public Call {
        arguments = List.copyOf(arguments);
        operator.require(Operator.Kind.SCALAR);
    }

    /** Types the call by the operator's rule, or fails with {@code TYPE_MISMATCH}. */
    public static Call of(Operator operator, List<Expression> arguments) {
        return new Call(operator, arguments, operator.resultType(arguments.stream().map(Expression::type).toList()));
    }

    public static Call of(Operator operator, Expression... arguments) {
        return of(operator, List.of(arguments));
    }

    @Override
    public String toString() {
        return arguments.stream().map(Expression::toString).collect(Collectors.joining(", ", operator.name() + "(", ")"));
    }
}
