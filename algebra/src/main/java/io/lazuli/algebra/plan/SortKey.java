package io.lazuli.algebra.plan;

import io.lazuli.algebra.expression.Expression;

/** A sort key with its direction and the place of nulls, which languages always state. */
public record SortKey(Expression expression, boolean ascending, boolean nullsFirst) {
    @Override
    public String toString() {
        return expression + (ascending ? " asc" : " desc") + (nullsFirst ? " nulls first" : " nulls last");
    }
}
