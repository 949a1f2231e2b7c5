package io.lazuli.algebra.plan;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.type.Schema;
import java.util.List;

/** The rows for which the condition is true: neither false nor null. */
public record Filter(Plan input, Expression condition) implements Plan {
    public Filter {
        PlanChecks.requireCondition(condition);
        PlanChecks.requireColumns(condition, input.schema());
    }

    @Override
    public Schema schema() {
        return input.schema();
    }

    @Override
    public List<Plan> inputs() {
        return List.of(input);
    }
}
