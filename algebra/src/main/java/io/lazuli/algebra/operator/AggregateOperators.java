package io.lazuli.algebra.operator;

import static io.lazuli.algebra.operator.Operator.Kind.AGGREGATE;

import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import java.util.List;

/** Aggregates. They skip nulls; over no values they give null, counts 0. */
public final class AggregateOperators {
    public static final Operator COUNT_ROWS = new Operator("count_rows", AGGREGATE, "The number of rows.",
        arguments -> arguments.isEmpty() ? ScalarType.INT64 : null);
    public static final Operator COUNT =
        new Operator("count", AGGREGATE, "The number of values that are not null.", TypeRules.any(ScalarType.INT64));
    public static final Operator SUM = new Operator("sum", AGGREGATE,
        "The sum: of integers an int64, of decimals a decimal of 38 digits, of floats a float64; an overflow fails.",
        arguments -> arguments.size() == 1 ? sumType(arguments.getFirst()) : null);
    public static final Operator SUM_OR_NULL = new Operator("sum_or_null", AGGREGATE,
        "The sum of decimals as a decimal of 38 digits; null when it has more.",
        arguments -> arguments.size() == 1 && arguments.getFirst() instanceof DecimalType ? sumType(arguments.getFirst()) : null);
    public static final Operator SUM_WRAPPING = new Operator("sum_wrapping", AGGREGATE,
        "The sum of integers as an int64, of which the low bits are kept.",
        arguments -> arguments.size() == 1 && arguments.getFirst().isInteger() ? ScalarType.INT64 : null);
    public static final Operator AVG = new Operator("avg", AGGREGATE, "The mean as a float64.",
        arguments -> arguments.size() == 1 && arguments.getFirst().isNumeric() ? ScalarType.FLOAT64 : null);
    public static final Operator MIN = new Operator("min", AGGREGATE, "The least value; 0 has no sign.", TypeRules.sameAsArguments());
    public static final Operator MAX = new Operator("max", AGGREGATE, "The greatest value; 0 has no sign.", TypeRules.sameAsArguments());
    public static final Operator ANY_VALUE =
        new Operator("any_value", AGGREGATE, "Some value that is not null, the same one for the same input.", TypeRules.sameAsArguments());

    public static final Operator MIN_BY = new Operator("min_by", AGGREGATE,
        "The first argument where the second, which is not null, is least.", by());
    public static final Operator MAX_BY = new Operator("max_by", AGGREGATE,
        "The first argument where the second, which is not null, is greatest.", by());
    public static final Operator STRING_AGG = new Operator("string_agg", AGGREGATE,
        "The texts, in the call's order, with the constant second argument between them.", TypeRules.strings(ScalarType.STRING, 2));
    public static final Operator STDDEV_SAMPLE = deviation("stddev_sample", "The standard deviation of a sample; null for one value.");
    public static final Operator STDDEV_POPULATION = deviation("stddev_population", "The standard deviation of a population.");
    public static final Operator VARIANCE_SAMPLE = deviation("variance_sample", "The variance of a sample; null for one value.");
    public static final Operator VARIANCE_POPULATION = deviation("variance_population", "The variance of a population.");

    static final List<Operator> ALL = List.of(COUNT_ROWS, COUNT, SUM, SUM_OR_NULL, SUM_WRAPPING, AVG, MIN, MAX, ANY_VALUE, MIN_BY, MAX_BY,
        STRING_AGG, STDDEV_SAMPLE, STDDEV_POPULATION, VARIANCE_SAMPLE, VARIANCE_POPULATION);

    private AggregateOperators() {
    }

    private static Operator deviation(String name, String meaning) {
        return new Operator(name, AGGREGATE, meaning, TypeRules.exactly(ScalarType.FLOAT64, ScalarType.FLOAT64));
    }

    private static Operator.TypeRule by() {
        return arguments -> arguments.size() == 2 ? arguments.getFirst() : null;
    }

    private static DataType sumType(DataType argument) {
        if (argument instanceof DecimalType decimal) {
            return new DecimalType(DecimalType.MAX_PRECISION, decimal.scale());
        }
        return argument.isInteger() ? ScalarType.INT64 : argument.isFloating() ? ScalarType.FLOAT64 : null;
    }
}
