package io.lazuli.algebra.plan;

import io.lazuli.algebra.type.Schema;
import java.util.List;

/** The rows in the order of the keys. Only a {@link Limit} or the reader of the result sees the order. */
public record Sort(Plan input, List<SortKey> keys) implements Plan {
    public Sort {
        keys = List.copyOf(keys);
        keys.forEach(key -> PlanChecks.requireColumns(key.expression(), input.schema()));
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
