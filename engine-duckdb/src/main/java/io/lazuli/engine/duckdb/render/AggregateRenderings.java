package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.engine.duckdb.render.Rendering.Arguments;
import java.math.BigDecimal;

/** Aggregates. */
final class AggregateRenderings {
    /** The digits of decimals of which a sum cannot leave 38 digits for the number of rows that there are. */
    private static final int SAFE_DIGITS = 28;

    private AggregateRenderings() {
    }

    static void fill(OperatorTable table) {
        table.function(AggregateOperators.COUNT_ROWS, "count", "*", "{call}");
        table.function(AggregateOperators.COUNT, "count");
        // DuckDB sums integers as 128-bit numbers; the cast fails when the total leaves the operator's type.
        table.function(AggregateOperators.SUM, "sum", "{0}", "CAST({call} AS {type})");
        table.function(AggregateOperators.SUM_OR_NULL, (Rendering.Typed) AggregateRenderings::sumOrNull);
        table.function(AggregateOperators.SUM_WRAPPING, "sum", "{0}", LenientMathRenderings.lowBits("{call}", ScalarType.INT64));
        table.function(AggregateOperators.AVG, "avg");
        table.extreme(AggregateOperators.MIN, "min", "arg_min");
        table.extreme(AggregateOperators.MAX, "max", "arg_max");
        table.chosen(AggregateOperators.ANY_VALUE, "any_value");
        table.chosen(AggregateOperators.MIN_BY, "arg_min_null");
        table.chosen(AggregateOperators.MAX_BY, "arg_max_null");
        table.function(AggregateOperators.STRING_AGG, "string_agg");
        table.function(AggregateOperators.STDDEV_SAMPLE, "stddev_samp");
        table.function(AggregateOperators.STDDEV_POPULATION, finite("stddev_pop"));
        table.function(AggregateOperators.VARIANCE_SAMPLE, "var_samp");
        table.function(AggregateOperators.VARIANCE_POPULATION, finite("var_pop"));
    }

    /** Of one value that is infinite or no number DuckDB would make 0. */
    private static Rendering.Aggregate finite(String function) {
        return new Rendering.Aggregate(new Rendering.Function(function, "{0}"), new Rendering.Function("max", "{0}"),
            "({call} + 0.0 * {other})");
    }

    /** DuckDB's sum of decimals fails at 38 digits: values near them, which are rare, are summed apart without limit. */
    private static Rendering.Aggregate sumOrNull(Arguments arguments) {
        DecimalType type = (DecimalType) arguments.types().getFirst();
        if (type.precision() <= SAFE_DIGITS) {
            return new Rendering.Aggregate("sum", "{0}", "{call}");
        }
        String bound = SqlLiterals.of(BigDecimal.ONE.scaleByPowerOfTen(SAFE_DIGITS - type.scale()), type);
        String isLarge = "abs({0}) >= " + bound;
        return new Rendering.Aggregate(new Rendering.Function("sum", "CASE WHEN NOT (" + isLarge + ") THEN {0} END"),
            new Rendering.Function("sum", "CASE WHEN " + isLarge + " THEN " + units("{0}") + " END"),
            "CASE WHEN {other} IS NULL THEN {call} ELSE "
                + decimal("{other} + " + "coalesce(" + units("{call}") + ", CAST('0' AS BIGNUM))", type.scale()) + " END");
    }

    /** A decimal as a whole number of the units of its last digit. */
    private static String units(String decimal) {
        return "CAST(replace(CAST(" + decimal + " AS VARCHAR), '.', '') AS BIGNUM)";
    }

    /** The other way round; null for more than 38 digits. */
    private static String decimal(String units, int scale) {
        String digits = "concat(repeat('0', " + scale + " + 1), ltrim(\"~u\", '-'))";
        return "TRY_CAST(list_transform([CAST(" + units + " AS VARCHAR)], lambda \"~u\": concat(CASE WHEN starts_with(\"~u\", '-') "
            + "THEN '-' END, left(" + digits + ", len(" + digits + ") - " + scale + "), '.', right(" + digits + ", " + scale
            + ")))[1] AS {type})";
    }
}
