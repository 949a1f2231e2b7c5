package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.operator.CollectingOperators;

/** Aggregates that gather values. */
final class CollectingRenderings {
    /** DuckDB's skewness is that of a sample of three values or more; this gives back what the number of values added to it. */
    private static final String SKEWNESS = "list_transform([list_filter({call}, lambda \"~e\": \"~e\" IS NOT NULL)], lambda \"~l\": "
        + "CASE len(\"~l\") WHEN 2 THEN CASE WHEN \"~l\"[1] <> \"~l\"[2] THEN 0.0 END "
        + "ELSE list_aggregate(\"~l\", 'skewness') * (len(\"~l\") - 2) / sqrt(CAST(len(\"~l\") AS DOUBLE) * (len(\"~l\") - 1)) END)[1]";

    private CollectingRenderings() {
    }

    static void fill(OperatorTable table) {
        table.function(CollectingOperators.COLLECT, "list", "{*}", "coalesce({call}, [])");
        table.chosen(CollectingOperators.FIRST, "first");
        table.chosen(CollectingOperators.LAST, "last");
        table.function(CollectingOperators.LAST_KNOWN, "list", "{0}", "list_filter({call}, lambda \"~e\": \"~e\" IS NOT NULL)[-1]");
        table.function(CollectingOperators.COUNT_DISTINCT_ESTIMATE, "approx_count_distinct");
        table.function(CollectingOperators.COVARIANCE_SAMPLE, "covar_samp");
        table.function(CollectingOperators.COVARIANCE_POPULATION, "covar_pop");
        table.function(CollectingOperators.SKEWNESS, "list", "{0}", SKEWNESS);
        table.function(CollectingOperators.KURTOSIS, "kurtosis_pop");
        table.function(CollectingOperators.TOP_BY, "arg_max");
        table.function(CollectingOperators.FIRST_KNOWN_VALUE, "first_value", "{0} IGNORE NULLS", "{call}");
        table.function(CollectingOperators.LAST_KNOWN_VALUE, "last_value", "{0} IGNORE NULLS", "{call}");
    }
}
