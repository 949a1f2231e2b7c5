package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.DateOperators;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.languages.tsql.bind.FunctionBinder.Function;
import io.lazuli.languages.tsql.bind.FunctionBinder.Meaning;
import io.lazuli.languages.tsql.syntax.SqlExpression;
import io.lazuli.languages.tsql.syntax.SqlExpression.ColumnName;
import io.lazuli.languages.tsql.syntax.SqlExpression.FunctionCall;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import io.lazuli.languages.tsql.type.SqlType.Kind;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Map;

/** Functions of dates and times. The server's time zone is UTC, as in Azure. */
final class DateFunctions {
    static final Map<String, Function> ALL = Map.ofEntries(
        Map.entry("GETDATE", Function.of(0, now(SqlType.DATETIME))),
        Map.entry("GETUTCDATE", Function.of(0, now(SqlType.DATETIME))),
        Map.entry("CURRENT_TIMESTAMP", Function.of(0, now(SqlType.DATETIME))),
        Map.entry("SYSDATETIME", Function.of(0, now(SqlType.DATETIME2))),
        Map.entry("SYSUTCDATETIME", Function.of(0, now(SqlType.DATETIME2))),
        Map.entry("SYSDATETIMEOFFSET", Function.of(0, (call, binder) ->
            Conversions.implicit(now(SqlType.DATETIME2).bind(call, binder), SqlType.DATETIMEOFFSET, call.at()))),
        Map.entry("CURRENT_DATE", Function.of(0, (call, binder) ->
            Conversions.implicit(now(SqlType.DATETIME2).bind(call, binder), SqlType.DATE, call.at()))),
        Map.entry("DATEADD", Function.of(3, DateFunctions::dateAdd)),
        Map.entry("DATEDIFF", Function.of(3, (call, binder) -> difference(call, binder, SqlType.INT))),
        Map.entry("DATEDIFF_BIG", Function.of(3, (call, binder) -> difference(call, binder, SqlType.BIGINT))),
        Map.entry("DATEPART", Function.of(2, (call, binder) -> part(call, binder, DatePart.of(call)))),
        Map.entry("DATENAME", Function.of(2, DateFunctions::dateName)),
        Map.entry("DATETRUNC", Function.of(2, DateFunctions::dateTruncate)),
        Map.entry("YEAR", Function.of(1, (call, binder) -> partOfOnly(call, binder, "year"))),
        Map.entry("MONTH", Function.of(1, (call, binder) -> partOfOnly(call, binder, "month"))),
        Map.entry("DAY", Function.of(1, (call, binder) -> partOfOnly(call, binder, "day"))),
        Map.entry("EOMONTH", Function.of(1, 2, DateFunctions::endOfMonth)),
        Map.entry("DATEFROMPARTS", Function.of(3, DateFunctions::fromParts)),
        Map.entry("ISDATE", Function.of(1, DateFunctions::isDate)));

    private DateFunctions() {
    }

    /** The units by their names and abbreviations. */
    private enum DatePart {
        YEAR("year", "year|yy|yyyy"), QUARTER("quarter", "quarter|qq|q"), MONTH("month", "month|mm|m"),
        DAY_OF_YEAR("day_of_year", "dayofyear|dy|y"), DAY("day", "day|dd|d"), WEEK("week", "week|wk|ww"),
        ISO_WEEK("iso_week", "iso_week|isowk|isoww"), WEEKDAY("day_of_week", "weekday|dw|w"), HOUR("hour", "hour|hh"),
        MINUTE("minute", "minute|mi|n"), SECOND("second", "second|ss|s"), MILLISECOND("millisecond", "millisecond|ms"),
        MICROSECOND("microsecond", "microsecond|mcs");

        private final String unit;
        private final String names;

        DatePart(String unit, String names) {
            this.unit = unit;
            this.names = names;
        }

        static DatePart of(FunctionCall call) {
            SqlExpression argument = call.arguments().getFirst();
            String name = argument instanceof ColumnName column ? column.column().toLowerCase(Locale.ROOT) : "";
            for (DatePart part : values()) {
                if (name.matches(part.names)) {
                    return part;
                }
            }
            if (name.matches("nanosecond|ns|tzoffset|tz")) {
                throw ExpressionBinder.unsupported(call.name().getLast().toUpperCase(Locale.ROOT) + " with " + name, call.at());
            }
            throw failure(SqlError.INVALID_DATE_PART, argument.at(), "'%s' is not a recognized %s option.", name,
                call.name().getLast().toLowerCase(Locale.ROOT));
        }

        /** The unit to count in: days where a part is a kind of day, weeks where it is a kind of week. */
        Expression counted() {
            return Expressions.string(this == DAY_OF_YEAR || this == WEEKDAY ? "day" : unit);
        }

        Expression added() {
            return this == ISO_WEEK ? Expressions.string("week") : counted();
        }

        boolean isTime() {
            return compareTo(HOUR) >= 0;
        }
    }

    private static Meaning now(SqlType type) {
        return (call, binder) -> {
            LocalDateTime now = binder.environment().now();
            return new Typed(now == null ? Call.of(DateOperators.NOW) : Constants.timestamp(now, type), type);
        };
    }

    /** A date or time; texts are read as datetime2, so that none of their digits is lost. */
    private static Typed time(SqlExpression argument, ExpressionBinder binder) {
        Typed value = binder.value(argument);
        SqlType type = value.type().isTemporal() ? value.type() : value.type().isNumber() ? SqlType.DATETIME : SqlType.DATETIME2;
        return Conversions.implicit(value, type, argument.at());
    }

    private static Typed dateAdd(FunctionCall call, ExpressionBinder binder) {
        DatePart part = DatePart.of(call);
        Typed count = Conversions.explicit(binder.value(call.arguments().get(1)), SqlType.BIGINT, false, call.at());
        Typed given = binder.value(call.arguments().get(2));
        Typed time = given.type().isTemporal() ? given : Conversions.implicit(given, SqlType.DATETIME, call.at());
        if (time.type().is(Kind.DATE) && part.isTime()) {
            throw failure(SqlError.INVALID_DATE_PART, call.at(),
                "The datepart %s is not supported by date function dateadd for data type date.",
                part.unit);
        }
        Expression later = Call.of(DateOperators.DATE_ADD, part.added(), count.expression(), Texts.timestamp(time));
        return back(later, time.type());
    }

    /** A timestamp as the type that the function was given. */
    private static Typed back(Expression timestamp, SqlType type) {
        return new Typed(Cast.strict(timestamp, type.dataType()), type);
    }

    private static Typed difference(FunctionCall call, ExpressionBinder binder, SqlType type) {
        DatePart part = DatePart.of(call);
        Expression from = Texts.timestamp(time(call.arguments().get(1), binder));
        Expression to = Texts.timestamp(time(call.arguments().get(2), binder));
        return new Typed(Cast.strict(Call.of(DateOperators.DATE_DIFFERENCE, part.counted(), from, to), type.dataType()), type);
    }

    private static Typed part(FunctionCall call, ExpressionBinder binder, DatePart part) {
        Expression time = Texts.timestamp(time(call.arguments().get(1), binder));
        return new Typed(Call.of(DateOperators.DATE_PART, Expressions.string(part.unit), time), SqlType.INT);
    }

    private static Typed partOfOnly(FunctionCall call, ExpressionBinder binder, String unit) {
        Expression time = Texts.timestamp(time(call.arguments().getFirst(), binder));
        return new Typed(Call.of(DateOperators.DATE_PART, Expressions.string(unit), time), SqlType.INT);
    }

    private static Typed dateName(FunctionCall call, ExpressionBinder binder) {
        DatePart part = DatePart.of(call);
        if (part == DatePart.MONTH || part == DatePart.WEEKDAY) {
            Expression time = Texts.timestamp(time(call.arguments().get(1), binder));
            return new Typed(Texts.format(time, part == DatePart.MONTH ? "%B" : "%A"), SqlType.nvarchar(30));
        }
        return Conversions.implicit(part(call, binder, part), SqlType.nvarchar(30), call.at());
    }

    private static Typed dateTruncate(FunctionCall call, ExpressionBinder binder) {
        Typed time = time(call.arguments().get(1), binder);
        return back(Call.of(DateOperators.DATE_TRUNCATE, DatePart.of(call).counted(), Texts.timestamp(time)), time.type());
    }

    private static Typed endOfMonth(FunctionCall call, ExpressionBinder binder) {
        Expression time = Texts.timestamp(time(call.arguments().getFirst(), binder));
        Expression months = call.arguments().size() == 1 ? Literal.int64(0)
            : Cast.strict(binder.integer(call.arguments().get(1)).expression(), ScalarType.INT64);
        Expression first = Call.of(DateOperators.DATE_TRUNCATE, Expressions.string("month"), time);
        Expression next = Call.of(DateOperators.DATE_ADD, Expressions.string("month"), months, first);
        Expression following = Call.of(DateOperators.DATE_ADD, Expressions.string("month"), Literal.int64(1), next);
        return back(Call.of(DateOperators.DATE_ADD, Expressions.string("day"), Literal.int64(-1), following), SqlType.DATE);
    }

    private static Typed fromParts(FunctionCall call, ExpressionBinder binder) {
        return new Typed(Call.of(DateOperators.MAKE_DATE,
            call.arguments().stream().map(part -> binder.integer(part).expression()).toList()),
            SqlType.DATE);
    }

    private static Typed isDate(FunctionCall call, ExpressionBinder binder) {
        Typed time = Conversions.explicit(binder.text(call.arguments().getFirst()), SqlType.DATETIME, true, call.at());
        Expression no = Expressions.isNull(time.expression());
        return new Typed(Expressions.choose(no, Literal.int32(0), Literal.int32(1)), SqlType.INT);
    }

}
