package io.lazuli.algebra.expression;

import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.type.DataType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An aggregate over the rows of a group; allowed only as a column of {@link io.lazuli.algebra.plan.Aggregate} or within a
 * {@link WindowCall}.
 *
 * @param distinct each distinct argument counts once
 * @param orderBy the order in which order-sensitive aggregates see the rows
 * @param filter only rows for which it is true take part
 */
public record AggregateCall(
    Operator operator, List<Expression> arguments, boolean distinct, List<SortKey> orderBy, Optional<Expression> filter, DataType type)
    implements Expression {
    public AggregateCall {
        arguments = List.copyOf(arguments);
        orderBy = List.copyOf(orderBy);
        operator.require(Operator.Kind.AGGREGATE);
    }

    public static AggregateCall of(Operator operator, Expression... arguments) {
        List<Expression> list = List.of(arguments);
        DataType type = operator.resultType(list.stream().map(Expression::type).toList());
        return new AggregateCall(operator, list, false, List.of(), Optional.empty(), type);
    }

    @Override
    public String toString() {
        String text = arguments.stream().map(Expression::toString)
            .collect(Collectors.joining(", ", operator.name() + (distinct ? "(distinct " : "("), ")"));
        return text + (orderBy.isEmpty() ? "" : " order by " + orderBy) + filter.map(condition -> " where " + condition).orElse("");
    }
}
