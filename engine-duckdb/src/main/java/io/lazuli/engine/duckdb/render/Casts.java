package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;

/**
 * Conversions. DuckDB's own, except where they are laxer than the algebra's canonical forms: texts of binary values are UTF-8, texts of
 * nested values are JSON, texts of whole numbers have digits only.
 */
final class Casts {
    private static final String WHOLE_NUMBER = "'\\s*[+-]?[0-9]+\\s*'";

    private Casts() {
    }

    static String of(String value, DataType from, DataType to, Cast.OnFailure onFailure) {
        boolean strict = onFailure == Cast.OnFailure.FAIL;
        if (from.equals(to)) {
            return value;
        }
        if (from == ScalarType.NULL) {
            return "CAST(NULL AS " + SqlTypes.of(to) + ")";
        }
        if (to == ScalarType.VARIANT) {
            return !(from instanceof ScalarType) && JsonTexts.isMarked(from) ? "CAST(" + JsonTexts.of(value, from) + " AS JSON)"
                : "to_json(" + value + ")";
        }
        if (to == ScalarType.STRING) {
            return toText(value, from, strict);
        }
        if (from == ScalarType.VARIANT) {
            return cast(value, to, strict);
        }
        return from == ScalarType.STRING ? fromText(value, to, strict) : cast(value, to, strict);
    }

    private static String toText(String value, DataType from, boolean strict) {
        if (from == ScalarType.BINARY) {
            return strict ? "decode(" + value + ")" : "TRY(decode(" + value + "))";
        }
        if (from == ScalarType.VARIANT) {
            return "(" + value + " ->> '$')";
        }
        if (from.isFloating()) {
            // What is no number has a sign there.
            return "CASE WHEN isnan(" + value + ") THEN 'nan' ELSE " + cast(value, ScalarType.STRING, true) + " END";
        }
        return isNested(from) ? JsonTexts.of(value, from) : cast(value, ScalarType.STRING, true);
    }

    private static String fromText(String value, DataType to, boolean strict) {
        if (to == ScalarType.BINARY) {
            return "encode(" + value + ")";
        }
        if (isNested(to)) {
            return cast((strict ? "CAST(" : "TRY_CAST(") + value + " AS JSON)", to, strict);
        }
        if (to.isInteger()) {
            // DuckDB would round '12.7' and read '0x10' and '1_000'; a text of digits only is the common case and stays a plain cast.
            String whole = "regexp_full_match(" + value + ", " + WHOLE_NUMBER + ")";
            String refusal = RaisedErrors.raise(AlgebraError.CONVERSION_FAILED,
                "'''' || " + value + " || ''' is no " + SqlTypes.of(to) + "'");
            return strict ? cast("CASE WHEN " + value + " IS NULL OR " + whole + " THEN " + value + " ELSE " + refusal + " END", to, true)
                : "CASE WHEN " + whole + " THEN " + cast(value, to, false) + " END";
        }
        return cast(value, to, strict);
    }

    private static boolean isNested(DataType type) {
        return !type.isNumeric() && !(type instanceof ScalarType);
    }

    static String cast(String value, DataType to, boolean strict) {
        return (strict ? "CAST(" : "TRY_CAST(") + value + " AS " + SqlTypes.of(to) + ")";
    }
}
