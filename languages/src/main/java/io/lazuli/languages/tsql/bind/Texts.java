package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.DateOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.List;

/** What values look like as text when nothing says otherwise (style 0). */
final class Texts {
    private Texts() {
    }

    static Expression of(Typed value, Place at) {
        Expression source = value.expression();
        return switch (value.type().kind()) {
            case NULL -> new Literal(null, ScalarType.STRING);
            case CHAR, VARCHAR, NCHAR, NVARCHAR -> source;
            case BIT -> new Case(List.of(new Case.Branch(source, Expressions.string("1")),
                new Case.Branch(Expressions.not(source), Expressions.string("0"))), new Literal(null, ScalarType.STRING));
            case TINYINT, SMALLINT, INT, BIGINT, DECIMAL -> cast(source);
            case SMALLMONEY, MONEY -> cast(Cast.strict(Call.of(MathOperators.ROUND, source, Literal.int32(2)), new DecimalType(21, 2)));
            case REAL, FLOAT -> Call.of(StringOperators.FLOAT_TEXT, Cast.strict(source, ScalarType.FLOAT64));
            case UNIQUEIDENTIFIER -> Call.of(StringOperators.UPPER, cast(source));
            case DATE -> format(timestamp(value), "%Y-%m-%d");
            case TIME -> fraction(timestamp(value), "%H:%M:%S", value.type().scale());
            case SMALLDATETIME, DATETIME -> DateFormats.style(0, timestamp(value), value.type(), at);
            case DATETIME2 -> fraction(source, "%Y-%m-%d %H:%M:%S", value.type().scale());
            case DATETIMEOFFSET ->
                Expressions.concat(fraction(timestamp(value), "%Y-%m-%d %H:%M:%S", value.type().scale()), Expressions.string(" +00:00"));
            case BINARY, VARBINARY ->
                throw failure(CommonError.NOT_SUPPORTED, at,
                    "A conversion of %s to text without style 1 or 2 is not supported", value.type());
        };
    }

    private static Expression cast(Expression source) {
        return new Cast(source, ScalarType.STRING, Cast.OnFailure.FAIL);
    }

    /** Any date or time as timestamp; a time alone lies on the first of January 1900. */
    static Expression timestamp(Typed value) {
        Expression source = value.expression();
        return value.type().is(SqlType.Kind.TIME) ? timeOnDayZero(source) : Cast.strict(source, ScalarType.TIMESTAMP);
    }

    static Expression timeOnDayZero(Expression time) {
        return new Cast(Expressions.concat(Expressions.string("1900-01-01 "), cast(time)), ScalarType.TIMESTAMP, Cast.OnFailure.FAIL);
    }

    static Expression format(Expression time, String pattern) {
        return Call.of(DateOperators.FORMAT_TIMESTAMP, time, Expressions.string(pattern));
    }

    /** With so many digits after the second; the engine keeps six. */
    static Expression fraction(Expression time, String pattern, int digits) {
        if (digits == 0) {
            return format(time, pattern);
        }
        Expression full = Expressions.concat(format(time, pattern + ".%f"), Expressions.string("0"));
        int length = pattern.startsWith("%H") ? 8 : 19;
        return digits == 7 ? full : Expressions.left(full, length + 1 + digits);
    }
}
