package io.lazuli.datafactory.trigger;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.run.Times;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The windows of a tumbling window trigger: one after another from {@code start}, each run {@code delay} after its end.
 *
 * @param months whether the length is in months, else in minutes
 * @param end where the last window ends at the latest, null for none
 */
record TumblingWindow(Instant start, Instant end, long length, boolean months, Duration delay) {
    /** One window. */
    record Window(Instant start, Instant end) {
    }

    static TumblingWindow read(JsonNode json, Place place) {
        String frequency = json.path("frequency").asString("");
        long interval = json.path("interval").asLong(0);
        if (interval < 1) {
            throw failure(DataFactoryError.WRONG_TYPE, place.member("interval"), "An interval is a whole number from 1, not %s",
                json.get("interval"));
        }
        boolean months = frequency.equalsIgnoreCase("Month");
        long length = switch (frequency.toLowerCase(java.util.Locale.ROOT)) {
            case "minute" -> interval;
            case "hour" -> interval * 60;
            case "month" -> interval;
            default -> throw failure(DataFactoryError.WRONG_TYPE, place.member("frequency"), "'%s' is not one of Minute, Hour, Month",
                frequency);
        };
        String delay = json.path("delay").asString("");
        return new TumblingWindow(
            RecurrenceReader.utc(json.path("startTime").asString(""), place.member("startTime")),
            json.path("endTime").isString() ? RecurrenceReader.utc(json.get("endTime").asString(), place.member("endTime")) : null,
            length, months, delay.isEmpty() ? Duration.ZERO : Times.span(delay));
    }

    private Instant boundary(long number) {
        return months ? start.atZone(ZoneOffset.UTC).plusMonths(number * length).toInstant() : start.plus(number * length,
            ChronoUnit.MINUTES);
    }

    private long numberOf(Instant moment) {
        return months
            ? Math.floorDiv(ChronoUnit.MONTHS.between(start.atZone(ZoneOffset.UTC), moment.atZone(ZoneOffset.UTC)), length)
            : Math.floorDiv(ChronoUnit.MINUTES.between(start, moment), length);
    }

    /** The window that ends at the moment, else the one that the moment lies in. */
    Window at(Instant moment) {
        long number = numberOf(moment);
        if (moment.isBefore(start) || end != null && moment.isAfter(end)) {
            throw failure(CommonError.INVALID_ARGUMENT, "The trigger has no window at %s; its windows lie between %s and %s",
                moment, start, end == null ? "any later time" : end);
        }
        return boundary(number).equals(moment) && number > 0 ? window(number - 1) : window(number);
    }

    /** The window after the one that ends at a moment, the first for null; empty when it would end after the last. */
    Optional<Window> following(Instant windowEnd) {
        Window next = window(windowEnd == null || windowEnd.isBefore(start) ? 0 : numberOf(windowEnd));
        return end != null && next.end().isAfter(end) ? Optional.empty() : Optional.of(next);
    }

    private Window window(long number) {
        return new Window(boundary(number), boundary(number + 1));
    }

    /** When the next window after the moment is run, empty after the last. */
    Optional<Instant> next(Instant moment) {
        Instant due = moment.minus(delay);
        Instant boundary = due.isBefore(start) ? boundary(1) : boundary(numberOf(due) + 1);
        return end != null && boundary.isAfter(end) ? Optional.empty() : Optional.of(boundary.plus(delay));
    }
}
