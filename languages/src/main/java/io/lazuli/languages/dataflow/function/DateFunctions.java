package io.lazuli.languages.dataflow.function;

import static io.lazuli.languages.dataflow.function.FlowFunction.function;
import static io.lazuli.languages.dataflow.function.Operators.call;
import static io.lazuli.languages.dataflow.function.Operators.java;
import static io.lazuli.languages.dataflow.function.Operators.text;

import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.DateOperators;
import io.lazuli.algebra.operator.LenientMathOperators;
import io.lazuli.algebra.type.ScalarType;
import java.util.List;

/** Dates and timestamps; the clock is UTC unless a zone is named. */
final class DateFunctions {
    private static final int DAY_MILLIS = 86_400_000;
    /** Fewer days than these, some hundred years, do not lead from the last year of other results out of the engines' range. */
    private static final long SMALL_DAYS = 100_000;

    static final List<FlowFunction> ALL = List.of(
        function("addDays(date, days)", call -> shifted(call.temporal(0), "day", call.int64(1))),
        function("addMonths(date, months, [zone])", call -> months(call, call.int32(1))),
        function("currentDate([zone])", call -> Cast.strict(now(call), ScalarType.DATE)),
        function("currentTimestamp()", call -> call(DateOperators.NOW)),
        function("currentUTC([zone])", call -> call(DateOperators.NOW)),
        part("dayOfMonth", "day"),
        part("dayOfWeek", "day_of_week"),
        part("dayOfYear", "day_of_year"),
        duration("days", 86_400_000L),
        function("fromUTC(time, [zone])", call -> java("utc_to_zone", call.timestamp(0), zone(call, 1))),
        clock("hour", "hour"),
        duration("hours", 3_600_000L),
        function("lastDayOfMonth(date)", DateFunctions::lastDay),
        clock("millisecond", "millisecond"),
        duration("milliseconds", 1),
        clock("minute", "minute"),
        duration("minutes", 60_000),
        part("month", "month"),
        function("monthsBetween(from, to, [round], [zone])",
            call -> java("months_between", call.timestamp(0), call.timestamp(1), call.has(2) ? call.bool(2) : Literal.TRUE)),
        clock("second", "second"),
        duration("seconds", 1000),
        function("subDays(date, days)", call -> shifted(call.temporal(0), "day", negated(call.int64(1)))),
        function("subMonths(date, months)", call -> months(call, negated(call.int32(1)))),
        function("toUTC(time, [zone])", call -> java("zone_to_utc", call.timestamp(0), zone(call, 1))),
        part("weekOfYear", "iso_week"),
        duration("weeks", 604_800_000L),
        part("year", "year"));

    private DateFunctions() {
    }

    private static FlowFunction part(String name, String unit) {
        return function(name + "(date)", call -> call(DateOperators.DATE_PART, text(unit), call.timestamp(0)));
    }

    /** A zone may be given and does not move the time, which is of no zone. */
    private static FlowFunction clock(String name, String unit) {
        return function(name + "(time, [zone])", call -> {
            zone(call, 1);
            return call(DateOperators.DATE_PART, text(unit), call.timestamp(0));
        });
    }

    /** So many units as milliseconds. */
    private static FlowFunction duration(String name, long millis) {
        return function(name + "(number)", call -> call.int64(0) instanceof Literal(Long number, var _) ? Literal.int64(number * millis)
            : call(LenientMathOperators.MULTIPLY_WRAPPING, call.int64(0), Literal.int64(millis)));
    }

    private static Expression zone(FunctionCall call, int argument) {
        return call.has(argument) ? call.zone(argument) : text("UTC");
    }

    private static Expression now(FunctionCall call) {
        return call.has(0) ? java("utc_to_zone", call(DateOperators.NOW), call.zone(0)) : call(DateOperators.NOW);
    }

    /**
     * So many days or milliseconds (int64) later; a date stays a date, and its number of days wraps around as Spark's does. Timestamps
     * beyond the engines' range are null.
     */
    static Expression shifted(Expression time, String unit, Expression count) {
        int millis = unit.equals("day") ? DAY_MILLIS : 1;
        if (isSmall(count, millis)) {
            Expression moved = call(DateOperators.DATE_ADD, text(unit), count, Coercion.widen(time, ScalarType.TIMESTAMP));
            return Cast.strict(moved, time.type());
        }
        return time.type() == ScalarType.DATE ? java("add_days_wrapping", time, count)
            : java("add_units_in_range", time, count, Literal.int32(millis));
    }

    private static boolean isSmall(Expression count, int millis) {
        Expression plain = count instanceof Cast cast ? cast.value() : count;
        return plain instanceof Literal(Number number, var _)
            && Math.abs((double) number.longValue()) * millis < (double) SMALL_DAYS * DAY_MILLIS;
    }

    /** The integer with the other sign; the least one stays as it is. */
    static Expression negated(Expression count) {
        return count instanceof Literal(Long number, var _) ? Literal.int64(-number)
            : call(LenientMathOperators.SUBTRACT_WRAPPING, Coercion.widen(Literal.int32(0), count.type()), count);
    }

    private static Expression months(FunctionCall call, Expression count) {
        return Cast.strict(java("add_months_keeping_end", call.timestamp(0), count), call.temporal(0).type());
    }

    private static Expression lastDay(FunctionCall call) {
        Expression first = call(DateOperators.DATE_TRUNCATE, text("month"), call.timestamp(0));
        Expression next = call(DateOperators.DATE_ADD, text("month"), Literal.int64(1), first);
        return Cast.strict(call(DateOperators.DATE_ADD, text("day"), Literal.int64(-1), next), ScalarType.DATE);
    }
}
