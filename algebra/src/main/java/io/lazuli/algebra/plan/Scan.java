package io.lazuli.algebra.plan;

import io.lazuli.algebra.source.Source;
import io.lazuli.algebra.type.Schema;
import java.util.List;

/** The rows of a source. {@code schema} is what the engine or catalog said of it, or a part of its columns. */
public record Scan(Source source, Schema schema) implements Plan {
    @Override
    public List<Plan> inputs() {
        return List.of();
    }
}
