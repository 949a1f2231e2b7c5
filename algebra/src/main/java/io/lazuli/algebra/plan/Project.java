package io.lazuli.algebra.plan;

import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.type.Schema;
import java.util.List;

/** New columns computed from each row. */
public record Project(Plan input, List<NamedExpression> columns, Schema schema) implements Plan {
    public Project {
        columns = List.copyOf(columns);
        columns.forEach(column -> PlanChecks.requireColumns(column.expression(), input.schema()));
    }

    public Project(Plan input, List<NamedExpression> columns) {
        this(input, columns, new Schema(columns.stream().map(NamedExpression::field).toList()));
    }

    /** Some of the input's columns, in this order. */
    public static Project of(Plan input, List<String> names) {
        return new Project(input, names.stream()
            .map(name -> new NamedExpression(name, ColumnReference.of(input.schema().field(name)))).toList());
    }

    @Override
    public List<Plan> inputs() {
        return List.of(input);
    }
}
