package io.lazuli.languages.pipeline.function;

import static io.lazuli.languages.pipeline.function.Kind.INTEGER;
import static io.lazuli.languages.pipeline.function.Kind.STRING;
import static io.lazuli.languages.pipeline.function.PipelineFunction.function;

import io.lazuli.languages.pipeline.dotnet.Timestamp;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Functions on dates, which are texts: read in many forms, written in the format {@code o} unless another is given. */
final class DateFunctions {
    private static final String SAMPLE = "'2018-03-15T13:30:30Z'";

    private DateFunctions() {
    }

    static List<PipelineFunction> all() {
        return List.of(
            add("addDays", "days", 86_400, "@addDays(" + SAMPLE + ", 10)", "\"2018-03-25T13:30:30.0000000Z\""),
            add("addHours", "hours", 3_600, "@addHours(" + SAMPLE + ", 10)", "\"2018-03-15T23:30:30.0000000Z\""),
            add("addMinutes", "minutes", 60, "@addMinutes(" + SAMPLE + ", 10)", "\"2018-03-15T13:40:30.0000000Z\""),
            add("addSeconds", "seconds", 1, "@addSeconds(" + SAMPLE + ", -5)", "\"2018-03-15T13:30:25.0000000Z\""),
            shift("addToTime", "Moves a date forward by a number of units: Second, Minute, Hour, Day, Week, Month or Year.",
                "@addToTime('2018-01-31T00:00:00Z', 1, 'Month')", "\"2018-02-28T00:00:00.0000000Z\"", 1),
            part("dayOfMonth", "Gives the day of the month.", "15", time -> time.getDayOfMonth()),
            part("dayOfWeek", "Gives the day of the week; Sunday is 0.", "4", time -> time.getDayOfWeek().getValue() % 7),
            part("dayOfYear", "Gives the day of the year.", "74", time -> time.getDayOfYear()),
            function(Category.DATE, "formatDateTime", "Writes a date in another format.")
                .takes("timestamp", STRING).mayTake("format", STRING)
                .example("@formatDateTime(" + SAMPLE + ", 'yyyy/MM/dd')", "\"2018/03/15\"")
                .gives(STRING, a -> Dates.format(a, Dates.timestamp(a, 0), 1)),
            fromNow("getFutureTime", "Gives the moment that is a number of units from now.", "@getFutureTime(5, 'Day')", 1),
            fromNow("getPastTime", "Gives the moment that was a number of units ago.", "@getPastTime(5, 'Day')", -1),
            start("startOfDay", "Gives the beginning of the date's day.", "\"2018-03-15T00:00:00.0000000Z\"",
                time -> time.truncatedTo(ChronoUnit.DAYS)),
            start("startOfHour", "Gives the beginning of the date's hour.", "\"2018-03-15T13:00:00.0000000Z\"",
                time -> time.truncatedTo(ChronoUnit.HOURS)),
            start("startOfMonth", "Gives the beginning of the date's month.", "\"2018-03-01T00:00:00.0000000Z\"",
                time -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1)),
            shift("subtractFromTime", "Moves a date back by a number of units: Second, Minute, Hour, Day, Week, Month or Year.",
                "@subtractFromTime('2018-01-02T00:00:00Z', 1, 'Day')", "\"2018-01-01T00:00:00.0000000Z\"", -1),
            function(Category.DATE, "ticks", "Gives the number of 100 ns since the beginning of year 1.")
                .takes("timestamp", STRING).example("@ticks('2018-01-01T00:00:00Z')", "636503616000000000")
                .gives(INTEGER, a -> Values.integer(Dates.timestamp(a, 0).ticks())),
            function(Category.DATE, "utcNow", "Gives the current moment.")
                .mayTake("format", STRING).example("@utcNow('yyyy-MM-dd')", null)
                .gives(STRING, a -> Dates.format(a, Timestamp.utc(a.now()), 0)));
    }

    private static PipelineFunction add(String name, String unit, long seconds, String example, String result) {
        return function(Category.DATE, name, "Adds a number of " + unit + " to a date; a negative one goes back.")
            .takes("timestamp", STRING).takes(unit, INTEGER).mayTake("format", STRING).example(example, result)
            .gives(STRING, a -> Dates.format(a, Dates.plusSeconds(a, Dates.timestamp(a, 0), a.integer(1), seconds), 2));
    }

    private static PipelineFunction shift(String name, String documentation, String example, String result, int direction) {
        return function(Category.DATE, name, documentation)
            .takes("timestamp", STRING).takes("interval", INTEGER).takes("timeUnit", STRING).mayTake("format", STRING)
            .example(example, result)
            .gives(STRING, a -> Dates.format(a, Dates.plus(a, Dates.timestamp(a, 0), direction * a.integer(1), 2), 3));
    }

    private static PipelineFunction fromNow(String name, String documentation, String example, int direction) {
        return function(Category.DATE, name, documentation)
            .takes("interval", INTEGER).takes("timeUnit", STRING).mayTake("format", STRING).example(example, null)
            .gives(STRING, a -> Dates.format(a, Dates.plus(a, Timestamp.utc(a.now()), direction * a.integer(0), 1), 2));
    }

    private static PipelineFunction part(String name, String documentation, String result, ToLongFunction<LocalDateTime> part) {
        return function(Category.DATE, name, documentation)
            .takes("timestamp", STRING).example("@" + name + "(" + SAMPLE + ")", result)
            .gives(INTEGER, a -> Values.integer(part.applyAsLong(Dates.timestamp(a, 0).time())));
    }

    private static PipelineFunction start(String name, String documentation, String result, UnaryOperator<LocalDateTime> start) {
        return function(Category.DATE, name, documentation)
            .takes("timestamp", STRING).mayTake("format", STRING).example("@" + name + "(" + SAMPLE + ")", result)
            .gives(STRING, a -> startOf(a, start));
    }

    private static JsonNode startOf(Arguments arguments, UnaryOperator<LocalDateTime> start) {
        Timestamp timestamp = Dates.timestamp(arguments, 0);
        return Dates.format(arguments, timestamp.with(start.apply(timestamp.time())), 1);
    }
}
