package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.operator.WindowOperators;

/** Window functions. */
final class WindowRenderings {
    private WindowRenderings() {
    }

    static void fill(OperatorTable table) {
        table.function(WindowOperators.ROW_NUMBER, "row_number");
        table.function(WindowOperators.RANK, "rank");
        table.function(WindowOperators.DENSE_RANK, "dense_rank");
        table.function(WindowOperators.NTILE, "ntile");
        table.function(WindowOperators.PERCENT_RANK, "percent_rank");
        table.function(WindowOperators.CUME_DIST, "cume_dist");
        table.function(WindowOperators.LAG, "lag");
        table.function(WindowOperators.LEAD, "lead");
        table.function(WindowOperators.FIRST_VALUE, "first_value");
        table.function(WindowOperators.LAST_VALUE, "last_value");
    }
}
