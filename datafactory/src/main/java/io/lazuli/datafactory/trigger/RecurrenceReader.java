package io.lazuli.datafactory.trigger;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.pipeline.dotnet.WindowsTimeZones;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/** Reads a schedule trigger's {@code recurrence}. */
record RecurrenceReader(JsonNode json, Place place) {
    Recurrence read() {
        ZoneId zone = zone();
        JsonNode schedule = json.path("schedule");
        Place within = place.member("schedule");
        return new Recurrence(
            named(Recurrence.Frequency.class, json.path("frequency").asString(""), place.member("frequency")),
            interval(),
            moment("startTime", zone),
            json.path("endTime").isString() ? moment("endTime", zone).toInstant() : null,
            numbers(schedule.path("minutes"), 0, 59, within.member("minutes")),
            numbers(schedule.path("hours"), 0, 23, within.member("hours")),
            list(schedule.path("weekDays"), within.member("weekDays"), (day, at) -> named(DayOfWeek.class, day.asString(""), at)),
            numbers(schedule.path("monthDays"), -31, 31, within.member("monthDays")),
            list(schedule.path("monthlyOccurrences"), within.member("monthlyOccurrences"), (occurrence, at) ->
                new Recurrence.MonthlyOccurrence(named(DayOfWeek.class, occurrence.path("day").asString(""), at.member("day")),
                    occurrence.path("occurrence").asInt(0))));
    }

    private int interval() {
        int interval = json.path("interval").asInt(1);
        if (interval < 1) {
            throw failure(DataFactoryError.WRONG_TYPE, place.member("interval"), "An interval is a whole number from 1, not %s",
                json.get("interval"));
        }
        return interval;
    }

    private ZoneId zone() {
        String name = json.path("timeZone").asString("UTC");
        return WindowsTimeZones.find(name).orElseThrow(() -> failure(DataFactoryError.WRONG_TYPE, place.member("timeZone"),
            "There is no time zone '%s'%s", name, NearestName.hint(name, WindowsTimeZones.names())));
    }

    private ZonedDateTime moment(String name, ZoneId zone) {
        String text = json.path(name).asString("");
        if (text.isEmpty() && name.equals("startTime")) {
            // Azure sets it when the trigger is made; a file without it repeats from the beginning of its intervals.
            return LocalDateTime.of(2000, 1, 1, 0, 0).atZone(zone);
        }
        return moment(text, zone, place.member(name));
    }

    /** A timestamp with an offset, or a local one of the zone. */
    static ZonedDateTime moment(String text, ZoneId zone, Place place) {
        try {
            return text.matches(".*(Z|[+-]\\d{2}:\\d{2})$")
                ? OffsetDateTime.parse(text).atZoneSameInstant(zone) : LocalDateTime.parse(text).atZone(zone);
        } catch (DateTimeException problem) {
            throw failure(DataFactoryError.WRONG_TYPE, place, "'%s' is no timestamp; expected one such as 2026-01-31T06:00:00Z", text,
                problem);
        }
    }

    static Instant utc(String text, Place place) {
        return moment(text, ZoneOffset.UTC, place).toInstant();
    }

    static <E extends Enum<E>> E named(Class<E> type, String text, Place place) {
        List<String> names = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
        if (!names.contains(text.toUpperCase(Locale.ROOT))) {
            throw failure(DataFactoryError.WRONG_TYPE, place, "'%s' is not one of %s", text, String.join(", ", names));
        }
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    }

    private static List<Integer> numbers(JsonNode array, int least, int most, Place place) {
        return list(array, place, (number, at) -> {
            int value = number.asInt(Integer.MIN_VALUE);
            if (value < least || value > most) {
                throw failure(DataFactoryError.WRONG_TYPE, at, "%s is not a whole number from %d to %d", number, least, most);
            }
            return value;
        });
    }

    private static <T> List<T> list(JsonNode array, Place place, BiFunction<JsonNode, Place, T> read) {
        List<T> all = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            all.add(read.apply(array.get(i), place.element(i)));
        }
        return all;
    }
}
