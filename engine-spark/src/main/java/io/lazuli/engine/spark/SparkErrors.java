package io.lazuli.engine.spark;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;
import org.apache.spark.SparkThrowable;

/** What Spark's failures mean, by the condition that it names. */
final class SparkErrors {
    private SparkErrors() {
    }

    static RuntimeException translate(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LazuliException known) {
                return known;
            }
            if (cause instanceof SparkThrowable known && known.getCondition() != null && code(known.getCondition()) != null) {
                return new LazuliException(code(known.getCondition()), null, firstLine(cause), failure);
            }
        }
        return new LazuliException(AlgebraError.ENGINE_FAILED, null, "Spark: " + firstLine(failure), failure);
    }

    private static ErrorCode code(String condition) {
        String family = condition.split("\\.")[0];
        return switch (family) {
            case "DIVIDE_BY_ZERO", "REMAINDER_BY_ZERO" -> AlgebraError.DIVISION_BY_ZERO;
            case "CAST_INVALID_INPUT", "CAST_OVERFLOW", "ARITHMETIC_OVERFLOW", "BINARY_ARITHMETIC_OVERFLOW",
                "NUMERIC_VALUE_OUT_OF_RANGE", "USER_RAISED_EXCEPTION" -> AlgebraError.CONVERSION_FAILED;
            case "SPARK_JOB_CANCELLED" -> CommonError.CANCELLED;
            default -> null;
        };
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
