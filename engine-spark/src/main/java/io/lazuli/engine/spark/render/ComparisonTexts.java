package io.lazuli.engine.spark.render;

import io.lazuli.algebra.operator.ComparisonOperators;

/** Comparison and logic. */
final class ComparisonTexts {
    private static final String ESCAPES = "(\\\\\\\\[_%\\\\\\\\])|\\\\\\\\(?!\\\\z)";

    private ComparisonTexts() {
    }

    static void fill(OperatorTable table) {
        table.put(ComparisonOperators.EQUAL, "({0} = {1})");
        table.put(ComparisonOperators.NOT_EQUAL, "({0} <> {1})");
        table.put(ComparisonOperators.LESS, "({0} < {1})");
        table.put(ComparisonOperators.LESS_OR_EQUAL, "({0} <= {1})");
        table.put(ComparisonOperators.GREATER, "({0} > {1})");
        table.put(ComparisonOperators.GREATER_OR_EQUAL, "({0} >= {1})");
        table.put(ComparisonOperators.NOT_DISTINCT, "({0} <=> {1})");
        table.put(ComparisonOperators.IS_NULL, "({0} IS NULL)");
        table.put(ComparisonOperators.NOT, "(NOT {0})");
        table.put(ComparisonOperators.AND, "({0} AND {1})");
        table.put(ComparisonOperators.OR, "({0} OR {1})");
        table.put(ComparisonOperators.COALESCE, "coalesce({*})");
        // Spark refuses escaped characters that mean nothing else.
        table.put(ComparisonOperators.LIKE, "({0} LIKE regexp_replace({1}, '" + ESCAPES + "', '$1') ESCAPE '\\\\')");
    }
}
