package io.lazuli.algebra.plan;

import io.lazuli.algebra.type.Schema;
import java.util.List;

/** At most {@code count} rows after the first {@code offset}; over a {@link Sort}, in its order. */
public record Limit(Plan input, long offset, long count) implements Plan {
    @Override
    public Schema schema() {
        return input.schema();
    }

    @Override
    public List<Plan> inputs() {
        return List.of(input);
    }
}
