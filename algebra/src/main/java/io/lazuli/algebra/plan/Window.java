package io.lazuli.algebra.plan;

import io.lazuli.algebra.type.Schema;
import java.util.List;

/** The input's columns and, after them, columns that are {@code WindowCall}s. */
public record Window(Plan input, List<NamedExpression> columns, Schema schema) implements Plan {
    public Window {
        columns = List.copyOf(columns);
        columns.forEach(column -> PlanChecks.requireColumns(column.expression(), input.schema()));
    }

    public Window(Plan input, List<NamedExpression> columns) {
        this(input, columns, input.schema().followedBy(new Schema(columns.stream().map(NamedExpression::field).toList())));
    }

    @Override
    public List<Plan> inputs() {
        return List.of(input);
    }
}
