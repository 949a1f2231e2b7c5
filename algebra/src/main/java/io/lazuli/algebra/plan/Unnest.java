package io.lazuli.algebra.plan;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import java.util.List;

/** The input's columns and {@code name}, an element of the array a row; {@code outer} keeps rows whose array is empty or null. */
public record Unnest(Plan input, Expression array, String name, boolean outer) implements Plan {
    public Unnest {
        PlanChecks.requireColumns(array, input.schema());
        if (!(array.type() instanceof ArrayType)) {
            throw failure(AlgebraError.TYPE_MISMATCH, "%s is a %s, not an array", array, array.type());
        }
    }

    @Override
    public Schema schema() {
        return input.schema().followedBy(Schema.of(new Field(name, ((ArrayType) array.type()).element())));
    }

    @Override
    public List<Plan> inputs() {
        return List.of(input);
    }
}
