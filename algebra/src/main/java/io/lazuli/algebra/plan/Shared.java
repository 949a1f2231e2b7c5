package io.lazuli.algebra.plan;

import io.lazuli.algebra.type.Schema;
import java.util.List;

/** A plan that several others use under one name; an engine runs it once. */
public record Shared(String name, Plan input) implements Plan {
    @Override
    public Schema schema() {
        return input.schema();
    }

    @Override
    public List<Plan> inputs() {
        return List.of(input);
    }
}
