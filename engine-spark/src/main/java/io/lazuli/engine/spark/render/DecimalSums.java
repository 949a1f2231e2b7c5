package io.lazuli.engine.spark.render;

import io.lazuli.algebra.type.DecimalType;
import io.lazuli.engine.spark.worker.DecimalTotal;
import io.lazuli.engine.spark.worker.DecimalsTotal;
import java.math.BigDecimal;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.api.java.UDF1;

/**
 * Sums of decimals that are null when they have more than 38 digits. Spark's fail, or are null when a part of the sum has more, which
 * depends on the order of rows: of decimals that may come near, the high and the low digits are summed apart.
 */
record DecimalSums(ExpressionSql expressions) {
    private static final int SAFE_DIGITS = 28;
    private static final int LOW_DIGITS = 20;

    /** Whether a sum of such values cannot leave 38 digits for the number of rows that there are. */
    static boolean isSafe(DecimalType type) {
        return type.precision() <= SAFE_DIGITS;
    }

    /** The sum of values of a type, where {@code sum} writes that of others over the same rows. */
    String of(String value, DecimalType type, UnaryOperator<String> sum) {
        if (isSafe(type)) {
            return sum.apply(value);
        }
        int zeros = LOW_DIGITS - type.scale();
        DecimalType unitType = zeros >= 0 ? new DecimalType(zeros + 1, 0) : new DecimalType(-zeros, -zeros);
        String unit = SparkLiterals.of(BigDecimal.ONE.scaleByPowerOfTen(zeros), unitType);
        String high = sum.apply("CAST(" + value + " div " + unit + " AS DECIMAL(19,0))");
        String low = sum.apply(value + " % " + unit);
        return function(new DecimalTotal(zeros, DecimalType.MAX_PRECISION), type) + "(struct(" + high + ", " + low + "))";
    }

    /** The sum of the elements of an array. */
    String ofArray(String array, DecimalType type) {
        return function(new DecimalsTotal(DecimalType.MAX_PRECISION), type) + "(" + array + ")";
    }

    private String function(UDF1<Object, Object> sum, DecimalType type) {
        return expressions.surroundings().function(sum, new DecimalType(DecimalType.MAX_PRECISION, type.scale()));
    }
}
