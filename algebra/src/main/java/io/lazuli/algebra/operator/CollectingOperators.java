package io.lazuli.algebra.operator;

import static io.lazuli.algebra.operator.Operator.Kind.AGGREGATE;
import static io.lazuli.algebra.operator.Operator.Kind.WINDOW;
import static io.lazuli.algebra.type.ScalarType.FLOAT64;
import static io.lazuli.algebra.type.ScalarType.INT32;
import static io.lazuli.algebra.type.ScalarType.INT64;

import io.lazuli.algebra.operator.Operator.TypeRule;
import io.lazuli.algebra.type.ArrayType;
import java.util.List;

/** Aggregates that gather values or see nulls, and those of statistics beside {@link AggregateOperators}. */
public final class CollectingOperators {
    public static final Operator COLLECT =
        new Operator("collect", AGGREGATE, "All values, nulls too, as an array; an empty one over no rows.", array());
    public static final Operator FIRST =
        new Operator("first", AGGREGATE, "The first row's value, null or not.", TypeRules.sameAsArguments());
    public static final Operator LAST = new Operator("last", AGGREGATE, "The last row's value, null or not.", TypeRules.sameAsArguments());
    public static final Operator LAST_KNOWN =
        new Operator("last_known", AGGREGATE, "The last value that is not null.", TypeRules.sameAsArguments());
    public static final Operator COUNT_DISTINCT_ESTIMATE = new Operator("count_distinct_estimate", AGGREGATE,
        "About how many distinct values there are that are not null.", TypeRules.any(INT64));
    public static final Operator COVARIANCE_SAMPLE = new Operator("covariance_sample", AGGREGATE,
        "The covariance of a sample of pairs; null for one pair.", TypeRules.exactly(FLOAT64, FLOAT64, FLOAT64));
    public static final Operator COVARIANCE_POPULATION = new Operator("covariance_population", AGGREGATE,
        "The covariance of a population of pairs.", TypeRules.exactly(FLOAT64, FLOAT64, FLOAT64));
    public static final Operator SKEWNESS =
        new Operator("skewness", AGGREGATE, "The skewness of a population; null for equal values.", TypeRules.exactly(FLOAT64, FLOAT64));
    public static final Operator KURTOSIS = new Operator("kurtosis", AGGREGATE,
        "The kurtosis of a population, less that of a normal distribution, 3.", TypeRules.exactly(FLOAT64, FLOAT64));
    public static final Operator TOP_BY = new Operator("top_by", AGGREGATE,
        "The first arguments of the rows with the greatest second ones, so many as the constant third says, greatest first.",
        arguments -> arguments.size() == 3 && arguments.get(2) == INT32 ? new ArrayType(arguments.getFirst()) : null);
    public static final Operator FIRST_KNOWN_VALUE = new Operator("first_known_value", WINDOW,
        "The frame's first value that is not null.", TypeRules.sameAsArguments());
    public static final Operator LAST_KNOWN_VALUE = new Operator("last_known_value", WINDOW,
        "The frame's last value that is not null.", TypeRules.sameAsArguments());

    static final List<Operator> ALL = List.of(COLLECT, FIRST, LAST, LAST_KNOWN, COUNT_DISTINCT_ESTIMATE, COVARIANCE_SAMPLE,
        COVARIANCE_POPULATION, SKEWNESS, KURTOSIS, TOP_BY, FIRST_KNOWN_VALUE, LAST_KNOWN_VALUE);

    private CollectingOperators() {
    }

    private static TypeRule array() {
        return arguments -> arguments.size() == 1 ? new ArrayType(arguments.getFirst()) : null;
    }
}
