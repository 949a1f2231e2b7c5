package io.lazuli.datafactory.copy.mapping;

import static io.lazuli.datafactory.copy.mapping.Formulas.asText;
import static io.lazuli.datafactory.copy.mapping.Formulas.choose;
import static io.lazuli.datafactory.copy.mapping.Formulas.isNull;
import static io.lazuli.datafactory.copy.mapping.Formulas.join;
import static io.lazuli.datafactory.copy.mapping.Formulas.matches;
import static io.lazuli.datafactory.copy.mapping.Formulas.nothing;
import static io.lazuli.datafactory.copy.mapping.Formulas.replace;
import static io.lazuli.datafactory.copy.mapping.Formulas.text;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.DateOperators;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.Place;

/** Values as text, as Azure's copies write them: {@code True}, {@code 2020-01-02 03:04:05.0000000}, {@code 1.5}. */
final class TextWriting {
    private static final String DATE_TIME = "%Y-%m-%d %H:%M:%S.%f0";

    private final ConversionSettings settings;
    private final Place place;

    TextWriting(ConversionSettings settings, Place place) {
        this.settings = settings;
        this.place = place;
    }

    Expression of(Expression value) {
        return switch (value.type()) {
            case DecimalType _ -> asText(value);
            case ScalarType scalar -> scalar(value, scalar);
            default -> json(value);
        };
    }

    private Expression scalar(Expression value, ScalarType type) {
        return switch (type) {
            case STRING -> value;
            case BOOLEAN -> truth(value);
            case FLOAT32, FLOAT64 -> floating(value);
            case DATE, TIMESTAMP -> written(Cast.strict(value, ScalarType.TIMESTAMP), settings.dateTimeFormat(), DATE_TIME);
            case INSTANT -> written(Cast.strict(value, ScalarType.TIMESTAMP), settings.dateTimeOffsetFormat(), DATE_TIME + " +00:00");
            case TIME -> time(value);
            case BINARY -> Call.of(ConversionOperators.BASE64_FROM_BINARY, value);
            case VARIANT -> Call.of(ConversionOperators.VARIANT_TEXT, value);
            case NULL -> nothing(ScalarType.STRING);
            case INT8, UINT8, INT16, INT32, INT64, UUID -> asText(value);
        };
    }

    /** Dates as JSON documents hold them: {@code 2020-01-02T03:04:05.5Z}. */
    static Expression json(Expression value, DataType type) {
        if (type != ScalarType.TIMESTAMP && type != ScalarType.DATE && type != ScalarType.INSTANT) {
            throw new IllegalArgumentException(type.toString());
        }
        Expression written = Call.of(DateOperators.FORMAT_TIMESTAMP, Cast.strict(value, ScalarType.TIMESTAMP),
            text("%Y-%m-%dT%H:%M:%S.%f"));
        return nullSafe(value, join(replace(written, "(\\.\\d*[1-9])0+$|\\.0+$", "\\1"), text("Z")));
    }

    private static Expression json(Expression value) {
        return nullSafe(value, Call.of(ConversionOperators.JSON_TEXT, value));
    }

    private Expression truth(Expression value) {
        boolean number = settings.treatBooleanAsNumber();
        return nullSafe(value, choose(value, text(number ? "1" : "True"), text(number ? "0" : "False")));
    }

    /** As .NET prints: no {@code .0}, {@code E+21}. */
    private static Expression floating(Expression value) {
        return replace(replace(replace(asText(value), "\\.0$", ""), "[eE][+]?(\\d)", "E+\\1"), "e-", "E-");
    }

    private Expression written(Expression value, String format, String otherwise) {
        String pattern = format == null ? otherwise : DatePattern.toWrite(format, place);
        return Call.of(DateOperators.FORMAT_TIMESTAMP, value, text(pattern));
    }

    /** {@code HH:mm:ss}, and seven digits of the second when it has a fraction. */
    private Expression time(Expression value) {
        Expression plain = asText(value);
        String format = settings.timeSpanFormat();
        if (format != null && !format.equals("c")) {
            Expression day = Cast.strict(join(text("2000-01-01 "), plain), ScalarType.TIMESTAMP);
            String pattern = DatePattern.toWrite(format.replace('h', 'H').replaceAll("^d+\\\\?\\.", "0."), place);
            return nullSafe(value, Call.of(DateOperators.FORMAT_TIMESTAMP, day, text(pattern)));
        }
        return nullSafe(value, choose(matches(plain, ".*\\..*"),
            replace(join(plain, text("000000")), "(\\.\\d{7})\\d*$", "\\1"), plain));
    }

    private static Expression nullSafe(Expression value, Expression written) {
        return choose(isNull(value), nothing(ScalarType.STRING), written);
    }
}
