package io.lazuli.algebra.expression;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;

/** SQL's {@code value IN (query)}, with its three-valued answer. */
public record InSubquery(Expression value, Plan plan) implements Expression {
    public InSubquery {
        if (plan.schema().size() != 1 || !plan.schema().fields().getFirst().type().equals(value.type())) {
            throw failure(AlgebraError.TYPE_MISMATCH, "IN compares a %s with %s", value.type(), plan.schema().fields());
        }
    }

    @Override
    public DataType type() {
        return ScalarType.BOOLEAN;
    }
}
