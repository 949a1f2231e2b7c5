package io.lazuli.languages.tsql.bind;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.DateOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.SqlExpression.Conversion;
import io.lazuli.languages.tsql.type.SqlType;

/** {@code CAST}, {@code CONVERT} with its styles, and their {@code TRY_} forms. */
final class ConversionBinder {
    /** The length of a text type without one in CAST and CONVERT. */
    private static final int DEFAULT_LENGTH = 30;

    private ConversionBinder() {
    }

    static Typed bind(Conversion conversion, ExpressionBinder binder) {
        SqlType type = SqlType.of(conversion.type(), DEFAULT_LENGTH);
        Typed value = binder.value(conversion.value());
        if (conversion.style() == null || value.isNull()) {
            return Conversions.explicit(value, type, conversion.orNull(), conversion.at());
        }
        Typed style = Conversions.implicit(binder.value(conversion.style()), SqlType.INT, conversion.at());
        if (!(style.constant() instanceof Integer number)) {
            throw ExpressionBinder.unsupported("A style of CONVERT that is not constant", conversion.at());
        }
        return styled(value, type, number, conversion);
    }

    private static Typed styled(Typed value, SqlType type, int style, Conversion conversion) {
        Place at = conversion.at();
        if (type.isString() && value.type().isTemporal()) {
            Expression text = DateFormats.style(style, Texts.timestamp(value), value.type(), at);
            return Conversions.explicit(new Typed(text, SqlType.varchar(40)), type, conversion.orNull(), at);
        }
        if (type.isString() && value.type().isBinary() && (style == 1 || style == 2)) {
            Expression hex = Call.of(StringOperators.HEX, value.expression());
            Expression text = style == 1 ? Expressions.concat(Expressions.string("0x"), hex) : hex;
            return Conversions.explicit(new Typed(text, SqlType.varchar(SqlType.MAX)), type, conversion.orNull(), at);
        }
        if (type.isTemporal() && value.isString() && style != 0 && style != 100) {
            return parsed(value, type, style, conversion);
        }
        return Conversions.explicit(value, type, conversion.orNull(), at);
    }

    /** A text read in a style; day-first styles are read so, ISO styles as every text is. */
    private static Typed parsed(Typed value, SqlType type, int style, Conversion conversion) {
        if (type.is(SqlType.Kind.TIME, SqlType.Kind.DATETIMEOFFSET) || style >= 20 && style <= 25 || style >= 120) {
            return Conversions.explicit(value, type, conversion.orNull(), conversion.at());
        }
        String pattern = DateFormats.pattern(style, conversion.at());
        Expression text = Expressions.trim(value.expression());
        Expression time = Call.of(DateOperators.PARSE_TIMESTAMP, text, Expressions.string(pattern), Expressions.string(pattern
            + " %H:%M:%S"),
            Expressions.string(pattern + " %H:%M:%S.%f"), Expressions.string(pattern + " %H:%M"));
        Expression strict = conversion.orNull() ? time : Call.of(ComparisonOperators.COALESCE, time,
            Expressions.choose(Expressions.isNull(text), new Literal(null, ScalarType.TIMESTAMP),
                new Cast(Expressions.concat(Expressions.string("not of style " + style + ": "), text), ScalarType.TIMESTAMP,
                    Cast.OnFailure.FAIL)));
        return Conversions.implicit(new Typed(strict, SqlType.DATETIME2), type, conversion.at());
    }
}
