package io.lazuli.languages.queryacceleration;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.DateOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.util.ArrayList;
import java.util.List;

/** The language's five types, and conversions between them: a value that the target cannot hold becomes null. */
final class Values {
    private static final List<String> TIMES = List.of("%Y-%m-%dT%H:%M:%S.%n", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S.%n",
        "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M");
    private static final List<String> DAYS =
        List.of("%Y-%m-%d", "%Y-%m-%dT", "%Y-%m", "%Y-%mT", "%YT", "%Y");

    private Values() {
    }

    /** The value as one of the five types, whatever its file calls it. */
    static Expression plain(Expression value) {
        DataType type = value.type();
        if (type == ScalarType.VARIANT) {
            return Call.of(ConversionOperators.VARIANT_TEXT, value);
        }
        if (type.isInteger()) {
            return Cast.strict(value, ScalarType.INT64);
        }
        if (type.isNumeric()) {
            return Cast.strict(value, ScalarType.FLOAT64);
        }
        if (type == ScalarType.DATE || type == ScalarType.INSTANT) {
            return Cast.strict(value, ScalarType.TIMESTAMP);
        }
        boolean known = type == ScalarType.STRING || type == ScalarType.BOOLEAN || type == ScalarType.TIMESTAMP || type == ScalarType.NULL;
        if (known) {
            return value;
        }
        return type instanceof ScalarType ? Cast.strict(value, ScalarType.STRING) : Call.of(ConversionOperators.JSON_TEXT, value);
    }

    /** The type of that name. */
    static DataType type(String name, Place place) {
        return switch (name) {
            case "INT", "INTEGER", "BIGINT" -> ScalarType.INT64;
            case "FLOAT", "DOUBLE" -> ScalarType.FLOAT64;
            case "STRING", "VARCHAR" -> ScalarType.STRING;
            case "TIMESTAMP" -> ScalarType.TIMESTAMP;
            case "BOOLEAN", "BOOL" -> ScalarType.BOOLEAN;
            default -> throw failure(CommonError.NOT_SUPPORTED, place,
                "There is no type %s; there are INT, FLOAT, STRING, TIMESTAMP, BOOLEAN", name);
        };
    }

    /** Converts a value; null when it does not fit. */
    static Expression convert(Expression given, DataType type) {
        Expression value = plain(given);
        if (value.type().equals(type)) {
            return value;
        }
        if (type == ScalarType.TIMESTAMP && value.type() == ScalarType.STRING) {
            return timestamp(value);
        }
        if (type == ScalarType.STRING && value.type() == ScalarType.TIMESTAMP) {
            return Call.of(DateOperators.FORMAT_TIMESTAMP, value, Literal.string("%Y-%m-%dT%H:%M:%S.%gZ"));
        }
        if (type == ScalarType.INT64 && value.type() == ScalarType.FLOAT64) {
            // As SQL Server converts: a fraction is cut, not rounded.
            return Cast.orNull(Call.of(MathOperators.TRUNCATE, value, Literal.int32(0)), type);
        }
        return Cast.orNull(value, type);
    }

    /** The time that a text says in a form of ISO 8601, in UTC. */
    private static Expression timestamp(Expression text) {
        List<Expression> plainPatterns = new ArrayList<>(List.of(text));
        TIMES.forEach(pattern -> plainPatterns.addAll(List.of(Literal.string(pattern + "Z"), Literal.string(pattern))));
        DAYS.forEach(pattern -> plainPatterns.add(Literal.string(pattern)));
        List<Expression> choices = new ArrayList<>(List.of(Call.of(DateOperators.PARSE_TIMESTAMP, plainPatterns)));
        for (String pattern : TIMES) {
            Expression instant = Call.of(ConversionOperators.INSTANT_FROM_TEXT, text, Literal.string(pattern + "%z"));
            choices.add(Cast.orNull(instant, ScalarType.TIMESTAMP));
        }
        return Call.of(ComparisonOperators.COALESCE, choices);
    }

    /** Both values as one type, by the precedence of SQL Server's types: texts become what they stand beside. */
    static List<Expression> alike(List<Expression> given, Place place) {
        List<Expression> values = given.stream().map(Values::plain).toList();
        DataType common = ScalarType.NULL;
        for (Expression value : values) {
            common = common(common, value.type(), place);
        }
        DataType type = common == ScalarType.NULL ? ScalarType.STRING : common;
        boolean mixedWithText = type == ScalarType.INT64 && values.stream().anyMatch(value -> value.type() == ScalarType.STRING);
        return values.stream().map(value -> convert(value, mixedWithText ? ScalarType.FLOAT64 : type)).toList();
    }

    private static DataType common(DataType one, DataType other, Place place) {
        if (one.equals(other) || other == ScalarType.NULL) {
            return one;
        }
        if (one == ScalarType.NULL || one == ScalarType.STRING) {
            return other;
        }
        if (other == ScalarType.STRING) {
            return one;
        }
        if (one.isNumeric() && other.isNumeric()) {
            return ScalarType.FLOAT64;
        }
        throw failure(AlgebraError.TYPE_MISMATCH, place, "A %s does not go together with a %s", one, other);
    }

    /** A number for arithmetic and sums: texts are read as FLOAT. */
    static Expression number(Expression given, Place place) {
        Expression value = plain(given);
        if (value.type().isNumeric()) {
            return value;
        }
        if (value.type() == ScalarType.STRING || value.type() == ScalarType.NULL) {
            return Cast.orNull(value, ScalarType.FLOAT64);
        }
        throw failure(AlgebraError.TYPE_MISMATCH, place, "A %s is no number", value.type());
    }

    static Expression condition(Expression value) {
        return convert(value, ScalarType.BOOLEAN);
    }
}
