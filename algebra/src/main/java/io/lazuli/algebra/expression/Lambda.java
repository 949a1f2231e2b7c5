package io.lazuli.algebra.expression;

import io.lazuli.algebra.type.DataType;
import java.util.List;
import java.util.stream.Collectors;

/** A function of named variables, as an argument of operators over arrays and maps; its type is that of its body. */
public record Lambda(List<LambdaVariable> parameters, Expression body) implements Expression {
    public Lambda {
        parameters = List.copyOf(parameters);
    }

    @Override
    public DataType type() {
        return body.type();
    }

    @Override
    public String toString() {
        return parameters.stream().map(LambdaVariable::name).collect(Collectors.joining(", ", "(", ") -> ")) + body;
    }
}
