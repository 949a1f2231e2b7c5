package io.lazuli.algebra.operator;

import static io.lazuli.algebra.operator.Operator.Kind.SCALAR;
import static io.lazuli.algebra.type.ScalarType.DATE;
import static io.lazuli.algebra.type.ScalarType.INT32;
import static io.lazuli.algebra.type.ScalarType.INT64;
import static io.lazuli.algebra.type.ScalarType.STRING;
import static io.lazuli.algebra.type.ScalarType.TIMESTAMP;

import java.util.List;

/**
 * Dates and times without zones, in the Gregorian calendar.
 *
 * <p>Units are constant texts: {@code year}, {@code quarter}, {@code month}, {@code week} (from Sunday), {@code iso_week} (from Monday),
 * {@code day}, {@code hour}, {@code minute}, {@code second}, {@code millisecond}, {@code microsecond}.
 */
public final class DateOperators {
    public static final Operator NOW =
        new Operator("now", SCALAR, "The time in UTC when the query began.", arguments -> arguments.isEmpty() ? TIMESTAMP : null);
    public static final Operator DATE_PART = new Operator("date_part", SCALAR,
        "A part of a time: a unit (week and iso_week number the weeks of a year; sub-second units count within the second), or "
            + "day_of_year, day_of_week (Sunday is 1).",
        TypeRules.exactly(INT32, STRING, TIMESTAMP));
    public static final Operator DATE_ADD = new Operator("date_add", SCALAR,
        "The time so many units later; a day that the month does not have becomes the month's last.",
        TypeRules.exactly(TIMESTAMP, STRING, INT64, TIMESTAMP));
    public static final Operator DATE_DIFFERENCE = new Operator("date_difference", SCALAR,
        "How many boundaries of a unit lie between the first and the second time, negative when the second is earlier.",
        TypeRules.exactly(INT64, STRING, TIMESTAMP, TIMESTAMP));
    public static final Operator DATE_TRUNCATE = new Operator("date_truncate", SCALAR,
        "The beginning of the unit that the time lies in.", TypeRules.exactly(TIMESTAMP, STRING, TIMESTAMP));
    public static final Operator MAKE_DATE = new Operator("make_date", SCALAR,
        "The date of a year, month and day; one that does not exist fails with CONVERSION_FAILED.",
        TypeRules.exactly(DATE, INT32, INT32, INT32));
    public static final Operator FORMAT_TIMESTAMP = new Operator("format_timestamp", SCALAR,
        "The time as a constant pattern says, in C's notation and English: %Y %y %m %-m %d %-d %H %-H %I %-I %M %S %f (six digits) %g "
            + "(three digits) %p %b %B %a %A %j %%.",
        TypeRules.exactly(STRING, TIMESTAMP, STRING));
    public static final Operator PARSE_TIMESTAMP = new Operator("parse_timestamp", SCALAR,
        "The time that a text says in the first of the constant patterns that fits it, in the notation of format_timestamp, where %n is up "
            + "to nine digits of a second; case ignored; null when none does.",
        TypeRules.strings(TIMESTAMP, 2));

    static final List<Operator> ALL = List.of(NOW, DATE_PART, DATE_ADD, DATE_DIFFERENCE, DATE_TRUNCATE, MAKE_DATE, FORMAT_TIMESTAMP,
        PARSE_TIMESTAMP);

    private DateOperators() {
    }
}
