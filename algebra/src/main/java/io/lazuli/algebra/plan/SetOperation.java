package io.lazuli.algebra.plan;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import java.util.List;

/** Rows of both inputs together, by position; column types are equal, names are the left's. {@code all} keeps duplicates. */
public record SetOperation(Plan left, Plan right, Kind kind, boolean all) implements Plan {
    /** Which rows stay. */
    public enum Kind { UNION, INTERSECT, EXCEPT }

    public SetOperation {
        List<?> leftTypes = left.schema().fields().stream().map(Field::type).toList();
        List<?> rightTypes = right.schema().fields().stream().map(Field::type).toList();
        if (!leftTypes.equals(rightTypes)) {
            throw failure(AlgebraError.TYPE_MISMATCH, "%s of %s and %s", kind, leftTypes, rightTypes);
        }
    }

    @Override
    public Schema schema() {
        return left.schema();
    }

    @Override
    public List<Plan> inputs() {
        return List.of(left, right);
    }
}
