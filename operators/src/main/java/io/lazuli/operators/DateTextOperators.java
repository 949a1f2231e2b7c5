package io.lazuli.operators;

import static io.lazuli.operators.JavaOperator.Kind.BOOLEAN;
import static io.lazuli.operators.JavaOperator.Kind.DATE;
import static io.lazuli.operators.JavaOperator.Kind.FLOAT64;
import static io.lazuli.operators.JavaOperator.Kind.INT32;
import static io.lazuli.operators.JavaOperator.Kind.INT64;
import static io.lazuli.operators.JavaOperator.Kind.STRING;
import static io.lazuli.operators.JavaOperator.Kind.TIMESTAMP;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates, times and their texts; patterns are those of Java's SimpleDateFormat. */
final class DateTextOperators {
    private static final Pattern STANDARD = Pattern.compile("([+-]?\\d{4,7})(?:-(\\d{1,2})(?:-(\\d{1,2})(?:[T ](.*))?)?)?", Pattern.DOTALL);
    private static final Pattern TIME = Pattern.compile(
        "(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{0,9})\\d*)?)?\\s*(Z|UTC|GMT|[+-]\\d{1,2}(?::?\\d{2})?)?");
    private static final DateTimeFormatter PLAIN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    /** The last of which the engines' timestamps, microseconds since 1970, have all days, before and after Christ. */
    private static final int LAST_YEAR = 290_000;
    private static final long DAY_MILLIS = 86_400_000;
    private static final long MOST_DAYS = 2L * LAST_YEAR * 366;
    private static final int MONTH_SECONDS = 31 * 86_400;

    static final List<JavaOperator> ALL = List.of(
        JavaOperator.of("standard_date",
            "The date that a text says as year, year-month or year-month-day, whatever follows a T or space; null when it says none.",
            a -> date((String) a[0]), DATE, STRING),
        JavaOperator.of("standard_timestamp",
            "The time that a text says as year-month-day hours:minutes:seconds.fraction, in UTC with an offset; null when it says none.",
            a -> timestamp((String) a[0]), TIMESTAMP, STRING),
        JavaOperator.of("parse_time_pattern",
            "The time that a text says in a pattern of SimpleDateFormat for a language tag; null when it does not fit.",
            a -> TimePattern.of((String) a[1], (String) a[2]).parse((String) a[0]), TIMESTAMP, STRING, STRING, STRING),
        JavaOperator.of("format_time_pattern", "The time in a pattern of SimpleDateFormat for a language tag.",
            a -> TimePattern.of((String) a[1], (String) a[2]).format((LocalDateTime) a[0]), STRING, TIMESTAMP, STRING, STRING),
        JavaOperator.of("timestamp_text", "The time as year-month-day hours:minutes:seconds, with a fraction of a second if there is one.",
            a -> text((LocalDateTime) a[0]), STRING, TIMESTAMP),
        JavaOperator.of("add_months_keeping_end",
            "The time so many months later; the last day of a month becomes the last day of the other. Null beyond the year 290000.",
            a -> addMonths((LocalDateTime) a[0], (int) a[1]), TIMESTAMP, TIMESTAMP, INT32),
        JavaOperator.of("add_days_wrapping", "The date so many days later, whose number of days since 1970 keeps its low 32 bits.",
            a -> LocalDate.ofEpochDay((int) ((LocalDate) a[0]).toEpochDay() + (int) (long) a[1]), DATE, DATE, INT64),
        JavaOperator.of("add_units_in_range", "The time so many units of so many milliseconds later; null beyond the year 290000.",
            a -> addUnits((LocalDateTime) a[0], (long) a[1], (int) a[2]), TIMESTAMP, TIMESTAMP, INT64, INT32),
        JavaOperator.of("months_between",
            "The first time less the second in months of 31 days, whole for equal days or two last days; rounded to 8 digits if told.",
            a -> monthsBetween((LocalDateTime) a[0], (LocalDateTime) a[1], (boolean) a[2]), FLOAT64, TIMESTAMP, TIMESTAMP, BOOLEAN));

    private DateTextOperators() {
    }

    static LocalDate date(String text) {
        Matcher matcher = STANDARD.matcher(text.strip());
        try {
            return matcher.matches() ? LocalDate.of(Integer.parseInt(matcher.group(1)), number(matcher.group(2), 1),
                number(matcher.group(3), 1)) : null;
        } catch (DateTimeException noDate) {
            return null;
        }
    }

    static LocalDateTime timestamp(String text) {
        LocalDate date = date(text);
        if (date == null) {
            return null;
        }
        Matcher whole = STANDARD.matcher(text.strip());
        whole.matches();
        String rest = whole.group(4);
        if (rest == null || rest.isBlank()) {
            return date.atStartOfDay();
        }
        Matcher time = TIME.matcher(rest.strip());
        if (!time.matches()) {
            return null;
        }
        try {
            String fraction = ((time.group(4) == null ? "" : time.group(4)) + "000000000").substring(0, 9);
            LocalDateTime local = date.atTime(LocalTime.of(Integer.parseInt(time.group(1)), Integer.parseInt(time.group(2)),
                number(time.group(3), 0), Integer.parseInt(fraction) / 1000 * 1000));
            return time.group(5) == null ? local : local.minusSeconds(offset(time.group(5)).getTotalSeconds());
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    private static ZoneOffset offset(String text) {
        if (!text.startsWith("+") && !text.startsWith("-")) {
            return ZoneOffset.UTC;
        }
        String digits = text.substring(1).replace(":", "");
        int hours = Integer.parseInt(digits.length() > 2 ? digits.substring(0, digits.length() - 2) : digits);
        int minutes = digits.length() > 2 ? Integer.parseInt(digits.substring(digits.length() - 2)) : 0;
        int sign = text.startsWith("-") ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
    }

    private static int number(String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    private static String text(LocalDateTime time) {
        String text = PLAIN.format(time);
        int micros = time.getNano() / 1000;
        return micros == 0 ? text : text + "." + String.format("%06d", micros).replaceFirst("0+$", "");
    }

    private static LocalDateTime addMonths(LocalDateTime time, int months) {
        LocalDateTime moved = time.plusMonths(months);
        if (Math.abs(moved.getYear()) > LAST_YEAR) {
            return null;
        }
        boolean last = time.getDayOfMonth() == time.toLocalDate().lengthOfMonth();
        return last ? moved.withDayOfMonth(moved.toLocalDate().lengthOfMonth()) : moved;
    }

    /** Units are no longer than a day. */
    private static LocalDateTime addUnits(LocalDateTime time, long count, int millis) {
        long distance = count * millis;
        long days = Math.floorDiv(distance, DAY_MILLIS);
        boolean overflows = Math.multiplyHigh(count, millis) != distance >> 63;
        if (overflows || days < -MOST_DAYS || days > MOST_DAYS) {
            return null;
        }
        LocalDateTime moved = time.plusDays(days).plusNanos(Math.floorMod(distance, DAY_MILLIS) * 1_000_000L);
        return Math.abs(moved.getYear()) > LAST_YEAR ? null : moved;
    }

    private static double monthsBetween(LocalDateTime later, LocalDateTime earlier, boolean rounded) {
        long months = (later.getYear() - (long) earlier.getYear()) * 12 + later.getMonthValue() - earlier.getMonthValue();
        boolean bothLast = later.getDayOfMonth() == later.toLocalDate().lengthOfMonth()
            && earlier.getDayOfMonth() == earlier.toLocalDate().lengthOfMonth();
        if (later.getDayOfMonth() == earlier.getDayOfMonth() || bothLast) {
            return months;
        }
        long seconds = (later.getDayOfMonth() - earlier.getDayOfMonth()) * 86_400L + seconds(later) - seconds(earlier);
        double difference = months + (double) seconds / MONTH_SECONDS;
        return rounded ? BigDecimal.valueOf(difference).setScale(8, RoundingMode.HALF_UP).doubleValue() : difference;
    }

    private static long seconds(LocalDateTime time) {
        return time.toLocalDate().atStartOfDay().until(time, ChronoUnit.SECONDS);
    }
}
