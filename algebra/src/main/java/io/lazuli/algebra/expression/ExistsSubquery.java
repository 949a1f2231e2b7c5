package io.lazuli.algebra.expression;

import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;

/** Whether a query gives any row. */
public record ExistsSubquery(Plan plan) implements Expression {
    @Override
    public DataType type() {
        return ScalarType.BOOLEAN;
    }
}
