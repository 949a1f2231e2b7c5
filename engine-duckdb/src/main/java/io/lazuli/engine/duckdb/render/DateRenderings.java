package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.operator.DateOperators;
import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.engine.duckdb.render.Rendering.Arguments;
import java.util.stream.Collectors;

/** Dates and times. Units arrive as quoted constants. */
final class DateRenderings {
    /** Some 95,000 years. */
    private static final long MOST_MILLIS = 3_000_000_000_000_000L;

    private DateRenderings() {
    }

    static void fill(OperatorTable table) {
        table.scalar(DateOperators.NOW, "CAST(now() AT TIME ZONE 'UTC' AS TIMESTAMP)");
        table.scalar(DateOperators.DATE_PART, DateRenderings::part);
        table.scalar(DateOperators.DATE_ADD, DateRenderings::add);
        table.scalar(DateOperators.DATE_DIFFERENCE, DateRenderings::difference);
        table.scalar(DateOperators.DATE_TRUNCATE, DateRenderings::truncate);
        table.scalar(DateOperators.MAKE_DATE, "make_date({0}, {1}, {2})");
        table.scalar(JavaImplementedOperators.named("add_units_in_range"), DateRenderings::addUnits);
        table.scalar(DateOperators.FORMAT_TIMESTAMP, "strftime({0}, {1})");
        table.scalar(DateOperators.PARSE_TIMESTAMP, arguments -> "try_strptime(" + arguments.sql().getFirst() + ", "
            + arguments.sql().stream().skip(1).collect(Collectors.joining(", ", "[", "]")) + ")");
    }

    /** DuckDB's own sum does for times of four-digit years and for thousands of years; Java knows the rest. */
    private static String addUnits(Arguments arguments) {
        String java = TextSliceRenderings.java("add_units_in_range", arguments);
        if (!arguments.isColumn(0) || !arguments.isColumn(1)) {
            return java;
        }
        return arguments.fill("CASE WHEN {0} BETWEEN TIMESTAMP '0001-01-01' AND TIMESTAMP '9999-12-31' AND {1} BETWEEN -(" + MOST_MILLIS
            + " // nullif({2}, 0)) AND " + MOST_MILLIS + " // nullif({2}, 0) THEN {0} + to_microseconds({1} * {2} * 1000) ELSE ") + java
            + " END";
    }

    private static String unit(Arguments arguments) {
        return arguments.sql().getFirst().replace("'", "");
    }

    private static String part(Arguments arguments) {
        String template = switch (unit(arguments)) {
            case "day_of_year" -> "dayofyear({1})";
            case "day_of_week" -> "dayofweek({1}) + 1";
            case "iso_week" -> "week({1})";
            case "week" -> "(dayofyear({1}) - 1 + dayofweek(date_trunc('year', {1}))) // 7 + 1";
            case "millisecond" -> "millisecond({1}) % 1000";
            case "microsecond" -> "microsecond({1}) % 1000000";
            default -> "date_part({0}, {1})";
        };
        return arguments.fill("CAST(" + template + " AS INTEGER)");
    }

    private static String add(Arguments arguments) {
        String interval = switch (unit(arguments)) {
            case "year" -> "to_years(CAST({1} AS INTEGER))";
            case "quarter" -> "to_months(CAST({1} * 3 AS INTEGER))";
            case "month" -> "to_months(CAST({1} AS INTEGER))";
            case "week", "iso_week" -> "to_days(CAST({1} * 7 AS INTEGER))";
            case "day" -> "to_days(CAST({1} AS INTEGER))";
            case "hour" -> "to_hours({1})";
            case "minute" -> "to_minutes({1})";
            case "second" -> "to_seconds({1})";
            case "millisecond" -> "to_microseconds({1} * 1000)";
            default -> "to_microseconds({1})";
        };
        return arguments.fill("({2} + " + interval + ")");
    }

    /** Weeks begin on Sunday, in DuckDB on Monday: a day's shift of both ends. */
    private static String difference(Arguments arguments) {
        return arguments.fill(switch (unit(arguments)) {
            case "week" -> weeks("{1} + INTERVAL 1 DAY", "{2} + INTERVAL 1 DAY");
            case "iso_week" -> weeks("{1}", "{2}");
            default -> "date_diff({0}, {1}, {2})";
        });
    }

    private static String weeks(String from, String to) {
        return "date_diff('day', date_trunc('week', " + from + "), date_trunc('week', " + to + ")) // 7";
    }

    private static String truncate(Arguments arguments) {
        return arguments.fill(switch (unit(arguments)) {
            case "week" -> "CAST(date_trunc('week', {1} + INTERVAL 1 DAY) - INTERVAL 1 DAY AS TIMESTAMP)";
            case "iso_week" -> "CAST(date_trunc('week', {1}) AS TIMESTAMP)";
            default -> "CAST(date_trunc({0}, {1}) AS TIMESTAMP)";
        });
    }
}
