package io.lazuli.engine.spark;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;

/** Conversions in which Spark agrees with the algebra; others are refused by their types. */
final class SparkCasts {
    private SparkCasts() {
    }

    static String of(String value, DataType from, DataType to, Cast.OnFailure onFailure) {
        if (from.equals(to)) {
            return value;
        }
        String cast = onFailure == Cast.OnFailure.FAIL ? "CAST(" : "TRY_CAST(";
        if (from.isNumeric() && to.isInteger() && !from.isInteger()) {
            // Spark would cut the fraction; floats round to even, decimals away from zero.
            String whole = from.isFloating() ? "rint(" + value + ")" : "round(" + value + ", 0)";
            return cast + whole + " AS " + SparkTypes.of(to) + ")";
        }
        if (!agrees(from, to)) {
            throw failure(CommonError.NOT_SUPPORTED, "The Spark engine does not convert '%s' to '%s'", from, to);
        }
        return cast + value + " AS " + SparkTypes.of(to) + ")";
    }

    private static boolean agrees(DataType from, DataType to) {
        if (from == ScalarType.NULL || from.isNumeric() && to.isNumeric() && !(from.isFloating() && to instanceof DecimalType)) {
            return true;
        }
        boolean plainText = from == ScalarType.BOOLEAN || from.isInteger() || from instanceof DecimalType || from == ScalarType.DATE;
        return to == ScalarType.STRING && plainText || from == ScalarType.STRING && to.isInteger();
    }
}
