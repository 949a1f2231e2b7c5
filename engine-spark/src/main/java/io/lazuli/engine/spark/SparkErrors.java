package io.lazuli.engine.spark;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;

/** What Spark's failures mean, by the condition that it names. */
final class SparkErrors {
    private static final Pattern RAISED = Pattern.compile("lazuli/(\\w+)<(.*?)>lazuli", Pattern.DOTALL);

    private SparkErrors() {
    }

    static RuntimeException translate(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LazuliException known) {
                return known;
            }
            Matcher raised = RAISED.matcher(String.valueOf(cause.getMessage()));
            if (raised.find()) {
                return new LazuliException(AlgebraError.valueOf(raised.group(1)), null, raised.group(2), failure);
            }
            String condition = cause instanceof SparkThrowable known ? String.valueOf(known.getCondition()) : "";
            if (condition.startsWith("FAILED_EXECUTE_UDF") && cause.getCause() != null) {
                return new LazuliException(CommonError.INVALID_ARGUMENT, null, cause.getCause().getMessage(), failure);
            }
            if (String.valueOf(cause.getMessage()).startsWith("The key array and value array of MapData")) {
                return new LazuliException(CommonError.INVALID_ARGUMENT, null, "A map needs as many values as keys", failure);
            }
            if (String.valueOf(cause.getMessage()).contains("ArithmeticException: long overflow")
                || cause instanceof ArithmeticException && "long overflow".equals(cause.getMessage())) {
                return new LazuliException(AlgebraError.CONVERSION_FAILED, null, "A time or number is beyond the range of its type",
                    failure);
            }
            if (code(condition) != null) {
                return new LazuliException(code(condition), null, plain(cause), failure);
            }
        }
        return new LazuliException(AlgebraError.ENGINE_FAILED, null, "Spark: " + plain(failure), failure);
    }

    private static ErrorCode code(String condition) {
        return switch (condition.split("\\.")[0]) {
            case "DIVIDE_BY_ZERO", "REMAINDER_BY_ZERO" -> AlgebraError.DIVISION_BY_ZERO;
            case "CAST_INVALID_INPUT", "CAST_OVERFLOW", "ARITHMETIC_OVERFLOW", "BINARY_ARITHMETIC_OVERFLOW", "DATETIME_OVERFLOW",
                "NUMERIC_VALUE_OUT_OF_RANGE", "USER_RAISED_EXCEPTION", "DATETIME_FIELD_OUT_OF_BOUNDS", "CONVERSION_INVALID_INPUT",
                "MALFORMED_CHARACTER_CODING" -> AlgebraError.CONVERSION_FAILED;
            case "DUPLICATED_MAP_KEY", "NULL_MAP_KEY", "SCALAR_SUBQUERY_TOO_MANY_ROWS" -> CommonError.INVALID_ARGUMENT;
            case "UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY", "UNSUPPORTED_FEATURE" -> CommonError.NOT_SUPPORTED;
            case "SPARK_JOB_CANCELLED" -> CommonError.CANCELLED;
            default -> null;
        };
    }

    /** The first line, without the condition before it and SQL's state behind it. */
    private static String plain(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("")
            .replaceFirst("^\\[[A-Z_.]+] ", "").replaceFirst(" SQLSTATE: \\w+$", "");
    }
}
