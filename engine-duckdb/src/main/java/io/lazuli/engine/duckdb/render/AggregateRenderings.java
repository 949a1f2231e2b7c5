package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.type.ScalarType;

/** Aggregates. */
final class AggregateRenderings {
    /** Of one value that is infinite or no number DuckDB would make 0. */
    private static final String FINITE = "({call} + 0.0 * {max})";

    private AggregateRenderings() {
    }

    static void fill(OperatorTable table) {
        table.function(AggregateOperators.COUNT_ROWS, "count", "*", "{call}");
        table.function(AggregateOperators.COUNT, "count");
        // DuckDB sums integers as 128-bit numbers; the cast fails when the total leaves the operator's type.
        table.function(AggregateOperators.SUM, "sum", "{0}", "CAST({call} AS {type})");
        table.function(AggregateOperators.SUM_WRAPPING, "sum", "{0}", LenientMathRenderings.lowBits("{call}", ScalarType.INT64));
        table.function(AggregateOperators.AVG, "avg");
        table.extreme(AggregateOperators.MIN, "min", "arg_min");
        table.extreme(AggregateOperators.MAX, "max", "arg_max");
        table.chosen(AggregateOperators.ANY_VALUE, "any_value");
        table.chosen(AggregateOperators.MIN_BY, "arg_min_null");
        table.chosen(AggregateOperators.MAX_BY, "arg_max_null");
        table.function(AggregateOperators.STRING_AGG, "string_agg");
        table.function(AggregateOperators.STDDEV_SAMPLE, "stddev_samp");
        table.function(AggregateOperators.STDDEV_POPULATION, "stddev_pop", "{0}", FINITE);
        table.function(AggregateOperators.VARIANCE_SAMPLE, "var_samp");
        table.function(AggregateOperators.VARIANCE_POPULATION, "var_pop", "{0}", FINITE);
    }
}
