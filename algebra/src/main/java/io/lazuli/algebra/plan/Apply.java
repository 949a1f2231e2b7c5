package io.lazuli.algebra.plan;

import io.lazuli.algebra.type.Schema;
import java.util.List;

/**
 * For each row of the left, the rows of the right, which may refer to that row by
 * {@link io.lazuli.algebra.expression.OuterReference} of level 1; {@code outer} keeps left rows without any.
 */
public record Apply(Plan left, Plan right, boolean outer) implements Plan {
    @Override
    public Schema schema() {
        return left.schema().followedBy(right.schema());
    }

    @Override
    public List<Plan> inputs() {
        return List.of(left, right);
    }
}
