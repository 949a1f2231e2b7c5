package io.lazuli.algebra.plan;

import io.lazuli.algebra.type.Schema;
import java.util.List;
import java.util.stream.Stream;

/**
 * One row per distinct combination of the keys (nulls are equal), with aggregates over its rows. Without keys: exactly one row, also
 * for no input. Columns are the keys, then the aggregates; an aggregate column is an {@code AggregateCall}.
 */
public record Aggregate(Plan input, List<NamedExpression> keys, List<NamedExpression> aggregates, Schema schema) implements Plan {
    public Aggregate {
        keys = List.copyOf(keys);
        aggregates = List.copyOf(aggregates);
        Stream.concat(keys.stream(), aggregates.stream())
            .forEach(column -> PlanChecks.requireColumns(column.expression(), input.schema()));
    }

    public Aggregate(Plan input, List<NamedExpression> keys, List<NamedExpression> aggregates) {
        this(input, keys, aggregates, new Schema(Stream.concat(keys.stream(), aggregates.stream()).map(NamedExpression::field).toList()));
    }

    @Override
    public List<Plan> inputs() {
        return List.of(input);
    }
}
