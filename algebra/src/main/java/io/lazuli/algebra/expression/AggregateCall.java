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

    /**
     * The same aggregate, whose arguments and sort keys are worked out for the rows of the filter only: one that fails for another row
     * does not matter. An engine may work them out before it looks at the filter. A filter that varies is left to be asked once.
     */
    public AggregateCall withArgumentsOfFilteredRows() {
        return filter.filter(Expressions::isSteady).map(condition -> new AggregateCall(operator,
            arguments.stream().map(argument -> whenTrue(condition, argument)).toList(), distinct,
            orderBy.stream().map(key -> new SortKey(whenTrue(condition, key.expression()), key.ascending(), key.nullsFirst())).toList(),
            filter, type)).orElse(this);
    }

    /** Columns do not fail, and constants stay constants. */
    private static Expression whenTrue(Expression condition, Expression value) {
        boolean constant = Expressions.stream(value).noneMatch(part -> part instanceof ColumnReference);
        return constant || value instanceof ColumnReference ? value
            : new Case(List.of(new Case.Branch(condition, value)), new Literal(null, value.type()));
    }

    @Override
    public String toString() {
        String text = arguments.stream().map(Expression::toString)
            .collect(Collectors.joining(", ", operator.name() + (distinct ? "(distinct " : "("), ")"));
        return text + (orderBy.isEmpty() ? "" : " order by " + orderBy) + filter.map(condition -> " where " + condition).orElse("");
    }
}
