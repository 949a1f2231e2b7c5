package io.lazuli.datafactory.run;

import io.lazuli.datafactory.activity.ActivityFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moments and spans as Azure writes them. */
public final class Times {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern SPAN = Pattern.compile("(?:(\\d+)\\.)?(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,7}))?)?");

    private Times() {
    }

    /** {@code 2026-01-31T10:00:00.0000000Z}. */
    public static String iso(Instant instant) {
        return ISO.format(instant);
    }

    /** {@code d.hh:mm:ss} or {@code hh:mm:ss}. */
    public static Duration span(String text) {
        Matcher matcher = SPAN.matcher(text.strip());
        if (!matcher.matches()) {
            throw new ActivityFailure("InvalidTimeout", "'" + text + "' is no time span; expected d.hh:mm:ss, such as 0.12:00:00");
        }
        return Duration.ofDays(number(matcher.group(1)))
            .plusHours(number(matcher.group(2)))
            .plusMinutes(number(matcher.group(3)))
            .plusSeconds(number(matcher.group(4)))
            .plusNanos(matcher.group(5) == null ? 0 : Long.parseLong((matcher.group(5) + "00000000").substring(0, 9)));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    static String timeSpan(Duration duration) {
        String days = duration.toDays() > 0 ? duration.toDays() + "." : "";
        return "%s%02d:%02d:%02d.%07d".formatted(
            days, duration.toHoursPart(), duration.toMinutesPart(), duration.toSecondsPart(), duration.toNanosPart() / 100);
    }
}
