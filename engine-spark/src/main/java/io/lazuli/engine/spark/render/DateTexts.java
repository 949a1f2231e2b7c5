package io.lazuli.engine.spark.render;

import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.DateOperators;

/** Dates and times. Units are constants. Times without a zone are those of UTC, in which Spark's session runs. */
final class DateTexts {
    private static final long MICROS_OF_SECOND = 1_000_000;
    /** 1970-01-01 was a Thursday. */
    private static final int DAYS_AFTER_SUNDAY = 4;
    private static final int DAYS_AFTER_MONDAY = 3;

    private DateTexts() {
    }

    static void fill(OperatorTable table) {
        table.put(DateOperators.NOW, "CAST(current_timestamp() AS TIMESTAMP_NTZ)");
        table.put(DateOperators.DATE_PART, DateTexts::part);
        table.put(DateOperators.DATE_ADD, DateTexts::add);
        table.put(DateOperators.DATE_DIFFERENCE, arguments ->
            arguments.fill("(") + number(unit(arguments), arguments.sql().get(2)) + " - " + number(unit(arguments), arguments.sql().get(1))
                + ")");
        table.put(DateOperators.DATE_TRUNCATE, DateTexts::truncate);
        table.put(DateOperators.MAKE_DATE, "make_date({0}, {1}, {2})");
    }

    private static String unit(Arguments arguments) {
        return (String) ((Literal) arguments.expressions().getFirst()).value();
    }

    private static String part(Arguments arguments) {
        String template = switch (unit(arguments)) {
            case "day_of_year" -> "dayofyear(CAST({1} AS DATE))";
            case "day_of_week" -> "dayofweek(CAST({1} AS DATE))";
            case "iso_week" -> "weekofyear(CAST({1} AS DATE))";
            case "week" -> "(dayofyear(CAST({1} AS DATE)) + dayofweek(trunc(CAST({1} AS DATE), 'YEAR')) - 2) div 7 + 1";
            case "millisecond" -> "pmod(" + micros("{1}") + ", 1000000) div 1000";
            case "microsecond" -> "pmod(" + micros("{1}") + ", 1000000)";
            case "hour", "minute", "second" -> unit(arguments) + "({1})";
            default -> unit(arguments) + "(CAST({1} AS DATE))";
        };
        return arguments.fill("CAST(" + template + " AS INT)");
    }

    private static String add(Arguments arguments) {
        return arguments.fill("({2} + " + switch (unit(arguments)) {
            case "year" -> "{1} * INTERVAL '1' YEAR";
            case "quarter" -> "{1} * INTERVAL '3' MONTH";
            case "month" -> "{1} * INTERVAL '1' MONTH";
            case "week", "iso_week" -> "{1} * INTERVAL '7' DAY";
            case "day" -> "{1} * INTERVAL '1' DAY";
            case "hour" -> "{1} * INTERVAL '1' HOUR";
            case "minute" -> "{1} * INTERVAL '1' MINUTE";
            case "second" -> "{1} * INTERVAL '1' SECOND";
            case "millisecond" -> "{1} * INTERVAL '0.001' SECOND";
            default -> "{1} * INTERVAL '0.000001' SECOND";
        } + ")");
    }

    /** Counts the units from some time on; the difference of two such numbers counts the boundaries between them. */
    private static String number(String unit, String time) {
        String date = "CAST(" + time + " AS DATE)";
        return switch (unit) {
            case "year" -> "CAST(year(" + date + ") AS BIGINT)";
            case "quarter" -> "CAST(year(" + date + ") * 4 + quarter(" + date + ") AS BIGINT)";
            case "month" -> "CAST(year(" + date + ") * 12 + month(" + date + ") AS BIGINT)";
            case "week" -> whole("CAST(unix_date(" + date + ") AS BIGINT) + " + DAYS_AFTER_SUNDAY, 7);
            case "iso_week" -> whole("CAST(unix_date(" + date + ") AS BIGINT) + " + DAYS_AFTER_MONDAY, 7);
            case "day" -> "CAST(unix_date(" + date + ") AS BIGINT)";
            case "hour" -> whole(micros(time), 3600 * MICROS_OF_SECOND);
            case "minute" -> whole(micros(time), 60 * MICROS_OF_SECOND);
            case "second" -> whole(micros(time), MICROS_OF_SECOND);
            case "millisecond" -> whole(micros(time), 1000);
            default -> micros(time);
        };
    }

    private static String micros(String time) {
        return "unix_micros(CAST(" + time + " AS TIMESTAMP))";
    }

    /** The quotient, rounded down. */
    private static String whole(String number, long unit) {
        return "((" + number + " - pmod(" + number + ", " + unit + ")) div " + unit + ")";
    }

    private static String truncate(Arguments arguments) {
        return arguments.fill("CAST(" + switch (unit(arguments)) {
            case "week" -> "date_trunc('WEEK', {1} + INTERVAL '1' DAY) - INTERVAL '1' DAY";
            case "iso_week" -> "date_trunc('WEEK', {1})";
            default -> "date_trunc('" + unit(arguments) + "', {1})";
        } + " AS TIMESTAMP_NTZ)");
    }
}
