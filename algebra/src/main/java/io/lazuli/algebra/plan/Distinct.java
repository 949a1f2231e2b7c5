package io.lazuli.algebra.plan;

import io.lazuli.algebra.type.Schema;
import java.util.List;

/** Each distinct row once; nulls are equal. */
public record Distinct(Plan input) implements Plan {
    @Override
    public Schema schema() {
        return input.schema();
    }

    @Override
    public List<Plan> inputs() {
        return List.of(input);
    }
}
