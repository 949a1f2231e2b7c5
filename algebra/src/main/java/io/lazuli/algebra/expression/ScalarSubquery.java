package io.lazuli.algebra.expression;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.type.DataType;

/** The only value of a query of one column; null when it gives no row, an error when it gives more than one. */
public record ScalarSubquery(Plan plan) implements Expression {
    public ScalarSubquery {
        if (plan.schema().size() != 1) {
            throw failure(AlgebraError.TYPE_MISMATCH, "A subquery used as a value gives %d columns, not 1", plan.schema().size());
        }
    }

    @Override
    public DataType type() {
        return plan.schema().fields().getFirst().type();
    }
}
