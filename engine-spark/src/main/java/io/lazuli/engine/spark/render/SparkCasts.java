package io.lazuli.engine.spark.render;

import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.engine.spark.worker.FloatDecimal;
import io.lazuli.engine.spark.worker.FloatText;
import io.lazuli.engine.spark.worker.JsonText;
import io.lazuli.engine.spark.worker.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** Writes conversions: Spark's own where they mean what the algebra's mean, else what makes them so. */
record SparkCasts(ExpressionSql expressions) {
    private static final String WHOLE = "'^\\\\s*[+-]?[0-9]+\\\\s*$'";
    private static final String FLOAT = "'(?i)^\\\\s*[+-]?(([0-9]+\\\\.?[0-9]*|\\\\.[0-9]+)(e[+-]?[0-9]+)?|nan|inf|infinity)\\\\s*$'";
    private static final String DECIMAL = "'(?i)^\\\\s*[+-]?([0-9]+\\\\.?[0-9]*|\\\\.[0-9]+)(e[+-]?[0-9]+)?\\\\s*$'";
    private static final String DATE = "'^\\\\s*[0-9]{1,6}-[0-9]{1,2}-[0-9]{1,2}([ T].*)?\\\\s*$'";
    private static final double LARGEST_FLOAT = 3.4028235677973366E38;

    String of(String value, DataType from, DataType to, Cast.OnFailure onFailure) {
        boolean strict = onFailure == Cast.OnFailure.FAIL;
        if (from.equals(to)) {
            return value;
        }
        if (from == ScalarType.NULL) {
            return "CAST(NULL AS " + SparkTypes.of(to) + ")";
        }
        if (to == ScalarType.VARIANT) {
            return json(value, from);
        }
        if (to == ScalarType.STRING) {
            return toText(value, from, strict);
        }
        if (from == ScalarType.VARIANT) {
            return checked(expressions.surroundings().function(new JsonValue(SparkTypes.shape(to)), to) + "(" + value + ")", value, to,
                strict);
        }
        if (from == ScalarType.STRING) {
            return fromText(value, to, strict);
        }
        return from instanceof ScalarType || from instanceof DecimalType ? scalar(value, from, to, strict)
            : nested(value, from, to, onFailure);
    }

    private String json(String value, DataType from) {
        return expressions.surroundings().function(new JsonText(SparkTypes.shape(from)), ScalarType.VARIANT) + "(" + value + ")";
    }

    private String toText(String value, DataType from, boolean strict) {
        return switch (from) {
            case ScalarType.BINARY -> strict ? "decode(" + value + ", 'UTF-8')" : "try_validate_utf8(CAST(" + value + " AS STRING))";
            case ScalarType.VARIANT -> expressions.surroundings().function(
                new JsonValue(SparkTypes.shape(ScalarType.STRING)), ScalarType.STRING) + "(" + value + ")";
            case ScalarType.FLOAT32, ScalarType.FLOAT64 ->
                expressions.surroundings().function(new FloatText(), ScalarType.STRING) + "(" + value + ")";
            case ScalarType.INSTANT -> "concat(CAST(" + value + " AS STRING), '+00')";
            case ArrayType _, MapType _, StructType _ -> json(value, from);
            default -> cast(value, to(ScalarType.STRING), true);
        };
    }

    private static String to(DataType type) {
        return SparkTypes.of(type);
    }

    private String fromText(String value, DataType to, boolean strict) {
        return switch (to) {
            case ScalarType.BINARY -> "CAST(" + value + " AS BINARY)";
            case ScalarType.UUID -> value;
            case ScalarType.BOOLEAN -> guarded(value, "'(?i)^\\\\s*(true|false|t|f|1|0|yes|no|y|n)\\\\s*$'", to, strict);
            case ScalarType.FLOAT32, ScalarType.FLOAT64 -> guarded(value, FLOAT, to, strict);
            case ScalarType.DATE, ScalarType.TIMESTAMP, ScalarType.INSTANT -> guarded(value, DATE, to, strict);
            case DecimalType _ -> guarded(value, DECIMAL, to, strict);
            case ArrayType _, MapType _, StructType _ -> checked(
                expressions.surroundings().function(new JsonValue(SparkTypes.shape(to)), to) + "(" + value + ")", value, to, strict);
            default -> guarded(value, WHOLE, to, strict);
        };
    }

    /** Texts that Spark would read and the algebra does not are refused, or null. */
    private static String guarded(String value, String pattern, DataType to, boolean strict) {
        String refusal = "CAST(raise_error(concat('lazuli/CONVERSION_FAILED<''', " + value + ", ''' is no " + to + ">lazuli')) AS "
            + to(to) + ")";
        return "CASE WHEN " + value + " RLIKE " + pattern + " THEN " + cast(value, to(to), strict)
            + (strict ? " WHEN " + value + " IS NOT NULL THEN " + refusal : "") + " END";
    }

    /** A conversion that gives null where it cannot. */
    private String checked(String converted, String value, DataType to, boolean strict) {
        return strict ? expressions.orFailure(converted, value + " IS NOT NULL", to) : converted;
    }

    private String scalar(String value, DataType from, DataType to, boolean strict) {
        if (!strict && kind(from) != kind(to)) {
            // Spark refuses most of these, and reads times as seconds.
            return "CAST(NULL AS " + to(to) + ")";
        }
        if (from.isFloating() && to instanceof DecimalType decimal) {
            String function = expressions.surroundings().function(new FloatDecimal(decimal.precision(), decimal.scale()), to);
            return checked(function + "(" + value + ")", value, to, strict);
        }
        if (to == ScalarType.UINT8) {
            String whole = scalar(value, from, ScalarType.INT16, strict);
            String unsigned = "CASE WHEN " + whole + " BETWEEN 0 AND 255 THEN " + whole + " END";
            return checked(unsigned, value, to, strict);
        }
        if (from.isNumeric() && to.isInteger() && !from.isInteger()) {
            // Spark would cut the fraction; floats round to even, decimals away from zero.
            return cast(from.isFloating() ? "rint(" + value + ")" : "round(" + value + ", 0)", to(to), strict);
        }
        if (from == ScalarType.FLOAT64 && to == ScalarType.FLOAT32) {
            String fits = "CASE WHEN abs(" + value + ") < " + LARGEST_FLOAT + "D OR isnan(" + value + ") OR abs(" + value
                + ") = double('Infinity') THEN CAST(" + value + " AS FLOAT) END";
            return checked(fits, value, to, strict);
        }
        return cast(value, to(to), strict);
    }

    /** What can become each other: numbers and truth values, times, and each other type for itself. */
    private static Object kind(DataType type) {
        return switch (type) {
            case ScalarType.DATE, ScalarType.TIMESTAMP, ScalarType.INSTANT -> ScalarType.TIMESTAMP;
            case ScalarType.BOOLEAN -> ScalarType.INT64;
            default -> type.isNumeric() ? ScalarType.INT64 : type;
        };
    }

    private static String cast(String value, String to, boolean strict) {
        return (strict ? "CAST(" : "TRY_CAST(") + value + " AS " + to + ")";
    }

    private String nested(String value, DataType from, DataType to, Cast.OnFailure onFailure) {
        if (from instanceof ArrayType(DataType one) && to instanceof ArrayType(DataType other)) {
            String element = expressions.variable();
            return "transform(" + value + ", " + element + " -> " + of(element, one, other, onFailure) + ")";
        }
        if (from instanceof StructType one && to instanceof StructType other && one.fields().size() == other.fields().size()) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < one.fields().size(); i++) {
                fields.add(SparkLiterals.string(SparkTypes.plain(other.fields().get(i).name())));
                fields.add(of("(" + value + ")." + SparkTypes.name(one.fields().get(i).name()), one.fields().get(i).type(),
                    other.fields().get(i).type(), onFailure));
            }
            return "CASE WHEN " + value + " IS NOT NULL THEN named_struct(" + String.join(", ", fields) + ") END";
        }
        if (from instanceof MapType one && to instanceof MapType other) {
            String key = expressions.variable();
            String entry = expressions.variable();
            String keys = "transform_keys(" + value + ", (" + key + ", " + entry + ") -> " + of(key, one.key(), other.key(), onFailure)
                + ")";
            String keyOfValues = expressions.variable();
            String each = expressions.variable();
            return "transform_values(" + keys + ", (" + keyOfValues + ", " + each + ") -> " + of(each, one.value(), other.value(),
                onFailure) + ")";
        }
        if (onFailure == Cast.OnFailure.NULL) {
            return "CAST(NULL AS " + to(to) + ")";
        }
        throw ExpressionSql.refused("conversions of '" + from + "' to '" + to + "'");
    }
}
