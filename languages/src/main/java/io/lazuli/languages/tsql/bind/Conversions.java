package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Cast.OnFailure;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.DateOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import io.lazuli.languages.tsql.type.SqlType.Kind;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Conversions between T-SQL's types, as the algebra's casts and operators. */
final class Conversions {
    private static final LocalDateTime DAY_ZERO = LocalDateTime.of(1900, 1, 1, 0, 0);
    private final OnFailure onFailure;
    private final Place at;

    private Conversions(OnFailure onFailure, Place at) {
        this.onFailure = onFailure;
        this.at = at;
    }

    /** As assignment and comparison convert: texts keep their length. */
    static Typed implicit(Typed value, SqlType target, Place at) {
        SqlType kept = target.isString() && value.type().isString() ? longerOf(value, target) : target;
        return new Conversions(OnFailure.FAIL, at).convert(value, kept);
    }

    private static SqlType longerOf(Typed value, SqlType target) {
        boolean longer = target.length() != SqlType.MAX
            && (value.type().length() == SqlType.MAX || value.type().length() > target.length());
        return longer ? new SqlType(target.kind(), value.type().length(), 0, 0) : target;
    }

    /** As CAST does: longer texts are cut. */
    static Typed explicit(Typed value, SqlType target, boolean orNull, Place at) {
        return new Conversions(orNull ? OnFailure.NULL : OnFailure.FAIL, at).convert(value, target);
    }

    private Typed convert(Typed value, SqlType target) {
        if (value.type().equals(target)) {
            return value;
        }
        if (value.type().kind() == Kind.NULL || value.isNull()) {
            return Typed.nothing(target);
        }
        Expression folded = Constants.convert(value, target, onFailure);
        if (folded != null) {
            return new Typed(folded, target);
        }
        Expression converted = switch (target.kind()) {
            case NULL -> value.expression();
            case CHAR, VARCHAR, NCHAR, NVARCHAR -> text(value, target);
            case BIT -> bit(value);
            case TINYINT, SMALLINT, INT, BIGINT -> integer(value, target);
            case SMALLMONEY, MONEY, DECIMAL, REAL, FLOAT -> number(value, target);
            case DATE, TIME, SMALLDATETIME, DATETIME, DATETIME2, DATETIMEOFFSET -> temporal(value, target);
            case UNIQUEIDENTIFIER -> value.isString() ? cast(value.expression(), target) : refuse(value, target);
            case BINARY, VARBINARY -> binary(value, target);
        };
        return new Typed(converted, target);
    }

    private Expression cast(Expression value, SqlType target) {
        return value.type().equals(target.dataType()) ? value : new Cast(value, target.dataType(), onFailure);
    }

    private Expression refuse(Typed value, SqlType target) {
        throw failure(SqlError.CONVERSION_NOT_ALLOWED, at, "Explicit conversion from data type %s to %s is not allowed.",
            value.type(), target);
    }

    private Expression text(Typed value, SqlType target) {
        Expression text = value.isString() ? value.expression() : Texts.of(value, at);
        boolean fits = target.length() == SqlType.MAX || value.type().textLength() != SqlType.MAX
            && value.type().textLength() <= target.length();
        Expression cut = fits ? text : Expressions.left(text, target.length());
        return target.is(Kind.CHAR, Kind.NCHAR) ? padded(cut, target.length()) : cut;
    }

    /** Fixed-length texts end in spaces. */
    private static Expression padded(Expression text, int length) {
        return Expressions.left(Expressions.concat(text, Expressions.string(" ".repeat(length))), length);
    }

    private Expression bit(Typed value) {
        if (value.isString()) {
            Expression word = Call.of(StringOperators.LOWER, Expressions.trim(value.expression()));
            Expression number = Expressions.not(Expressions.equal(cast(orZero(value.expression()), SqlType.INT), Literal.int32(0)));
            return new Case(List.of(new Case.Branch(Expressions.equal(word, Expressions.string("true")), Literal.TRUE),
                new Case.Branch(Expressions.equal(word, Expressions.string("false")), Literal.FALSE)), number);
        }
        if (!value.type().isNumber()) {
            return refuse(value, SqlType.BIT);
        }
        Expression zero = new Cast(Literal.int32(0), value.expression().type(), OnFailure.FAIL);
        return Call.of(ComparisonOperators.NOT_EQUAL, value.expression(), value.type().equals(SqlType.INT) ? Literal.int32(0) : zero);
    }

    /** Blank text is the number 0. */
    private static Expression orZero(Expression text) {
        Expression trimmed = Expressions.trim(text);
        return Expressions.choose(Expressions.equal(trimmed, Expressions.string("")), Expressions.string("0"), trimmed);
    }

    private Expression integer(Typed value, SqlType target) {
        Expression source = value.expression();
        return switch (value.type().kind()) {
            case CHAR, VARCHAR, NCHAR, NVARCHAR -> cast(orZero(source), target);
            case MONEY, SMALLMONEY -> cast(Call.of(MathOperators.ROUND, source, Literal.int32(0)), target);
            case DECIMAL, REAL, FLOAT -> cast(Call.of(MathOperators.TRUNCATE, source, Literal.int32(0)), target);
            case BIT, TINYINT, SMALLINT, INT, BIGINT -> cast(source, target);
            case DATETIME, SMALLDATETIME -> cast(Call.of(DateOperators.DATE_DIFFERENCE, Expressions.string("day"),
                new Literal(DAY_ZERO, ScalarType.TIMESTAMP), source), target);
            default -> refuse(value, target);
        };
    }

    private Expression number(Typed value, SqlType target) {
        if (value.isString()) {
            if (target.is(Kind.MONEY, Kind.SMALLMONEY)) {
                Expression plain = Call.of(StringOperators.REPLACE, Call.of(StringOperators.REPLACE, value.expression(),
                    Expressions.string("$"), Expressions.string("")), Expressions.string(","), Expressions.string(""));
                return cast(orZero(plain), target);
            }
            return cast(target.isFloat() ? orZero(value.expression()) : Expressions.trim(value.expression()), target);
        }
        if (value.type().isNumber() || value.type().kind() == Kind.BIT) {
            return cast(value.type().kind() == Kind.BIT && target.isExact()
                ? new Cast(value.expression(), ScalarType.INT32, OnFailure.FAIL) : value.expression(), target);
        }
        return refuse(value, target);
    }

    private Expression temporal(Typed value, SqlType target) {
        if (value.isString()) {
            return fromText(value.expression(), target);
        }
        if (value.type().isTemporal()) {
            return betweenTimes(value, target);
        }
        if (value.type().isInteger() && target.isDateTime()) {
            return Call.of(DateOperators.DATE_ADD, Expressions.string("day"), Cast.strict(value.expression(), ScalarType.INT64),
                new Literal(DAY_ZERO, ScalarType.TIMESTAMP));
        }
        return refuse(value, target);
    }

    private Expression fromText(Expression text, SqlType target) {
        if (target.is(Kind.DATETIMEOFFSET)) {
            return cast(text, target);
        }
        if (target.is(Kind.TIME)) {
            return cast(text, target);
        }
        List<Expression> arguments = new ArrayList<>();
        arguments.add(Expressions.trim(text));
        DateFormats.PARSED.forEach(pattern -> arguments.add(Expressions.string(pattern)));
        Expression parsed = Call.of(DateOperators.PARSE_TIMESTAMP, arguments);
        Expression time = Call.of(ComparisonOperators.COALESCE, parsed, new Cast(text, ScalarType.TIMESTAMP, onFailure));
        return target.is(Kind.DATE) ? Cast.strict(time, ScalarType.DATE) : time;
    }

    private Expression betweenTimes(Typed value, SqlType target) {
        Expression source = value.expression();
        if (source.type().equals(target.dataType())) {
            return target.is(Kind.SMALLDATETIME) ? toMinute(source) : source;
        }
        return switch (value.type().kind()) {
            case TIME -> target.is(Kind.DATE) ? refuse(value, target) : cast(Texts.timeOnDayZero(source), target);
            case DATE -> target.is(Kind.TIME) ? refuse(value, target) : cast(source, target);
            case DATETIMEOFFSET -> target.isDateTime() ? cast(source, target)
                : cast(new Cast(source, ScalarType.TIMESTAMP, onFailure), target);
            default -> cast(source, target);
        };
    }

    /** Half a minute and more counts as the next one. */
    private static Expression toMinute(Expression time) {
        return Call.of(DateOperators.DATE_TRUNCATE, Expressions.string("minute"),
            Call.of(DateOperators.DATE_ADD, Expressions.string("second"), Literal.int64(30), time));
    }

    private Expression binary(Typed value, SqlType target) {
        if (value.isString() && !value.type().isNational()) {
            return Call.of(StringOperators.ENCODE_UTF8, value.expression());
        }
        return value.type().isBinary() ? value.expression() : refuse(value, target);
    }

    /** A number as decimal of just its type's digits. */
    static Typed decimal(Typed value, Place at) {
        SqlType type = value.type().asDecimal();
        return type.dataType() instanceof DecimalType ? implicit(value, type, at) : value;
    }
}
