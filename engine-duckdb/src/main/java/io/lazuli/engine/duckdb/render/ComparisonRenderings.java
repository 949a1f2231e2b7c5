package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.operator.ComparisonOperators;

/** Comparison and logic. */
final class ComparisonRenderings {
    private ComparisonRenderings() {
    }

    static void fill(OperatorTable table) {
        table.scalar(ComparisonOperators.EQUAL, "({0} = {1})");
        table.scalar(ComparisonOperators.NOT_EQUAL, "({0} <> {1})");
        table.scalar(ComparisonOperators.LESS, NestedOrder.comparison("<"));
        table.scalar(ComparisonOperators.LESS_OR_EQUAL, NestedOrder.comparison("<="));
        table.scalar(ComparisonOperators.GREATER, NestedOrder.comparison(">"));
        table.scalar(ComparisonOperators.GREATER_OR_EQUAL, NestedOrder.comparison(">="));
        table.scalar(ComparisonOperators.NOT_DISTINCT, "({0} IS NOT DISTINCT FROM {1})");
        table.scalar(ComparisonOperators.IS_NULL, "({0} IS NULL)");
        table.scalar(ComparisonOperators.NOT, "(NOT {0})");
        table.scalar(ComparisonOperators.AND, "({0} AND {1})");
        table.scalar(ComparisonOperators.OR, "({0} OR {1})");
        table.scalar(ComparisonOperators.COALESCE, "coalesce({*})");
        table.scalar(ComparisonOperators.COLLATION_KEY, "lower(rtrim({0}, ' '))");
        table.scalar(ComparisonOperators.LIKE, "({0} LIKE {1} ESCAPE '\\')");
    }
}
