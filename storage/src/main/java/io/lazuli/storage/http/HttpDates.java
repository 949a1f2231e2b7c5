package io.lazuli.storage.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates as HTTP headers hold them, and as signatures and access policies do. */
public final class HttpDates {
    private static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static final Pattern ISO =
        Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:T(\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,7})?)?)(Z|[+-]\\d{2}:\\d{2})?)?");

    /** What was written within a second has the same date: lists are full of it. */
    private record Formatted(long second, String text) {
    }

    private static final AtomicReference<Formatted> LAST = new AtomicReference<>(new Formatted(0, FORMAT.format(Instant.EPOCH)));
    /** Requests that come within a second have the same date. */
    private static final AtomicReference<Formatted> PARSED = new AtomicReference<>(LAST.get());

    private HttpDates() {
    }

    public static String format(Instant instant) {
        Formatted last = LAST.get();
        if (last.second() == instant.getEpochSecond()) {
            return last.text();
        }
        String text = FORMAT.format(instant);
        LAST.set(new Formatted(instant.getEpochSecond(), text));
        return text;
    }

    public static String formatMicros(long micros) {
        return format(Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000)));
    }

    /** The instant, or null when the text is no such date. */
    public static Instant parse(String text) {
        Formatted last = PARSED.get();
        if (last.text().equals(text)) {
            return Instant.ofEpochSecond(last.second());
        }
        Instant parsed = read(text);
        if (parsed != null && parsed.getNano() == 0) {
            PARSED.set(new Formatted(parsed.getEpochSecond(), text));
        }
        return parsed;
    }

    private static Instant read(String text) {
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from);
        } catch (DateTimeException malformed) {
            return instant(text);
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text.strip());
        } catch (DateTimeException malformed) {
            return null;
        }
    }

    /** Reads what signatures and access policies hold, a day or a time with or without its offset, as Azure does; null for all else. */
    public static Instant parseIso(String text) {
        Matcher parts = ISO.matcher(text.strip());
        if (!parts.matches()) {
            return null;
        }
        try {
            LocalTime time = parts.group(2) == null ? LocalTime.MIN : LocalTime.parse(parts.group(2));
            ZoneOffset offset = parts.group(3) == null ? ZoneOffset.UTC : ZoneOffset.of(parts.group(3));
            return LocalDate.parse(parts.group(1)).atTime(time).toInstant(offset);
        } catch (DateTimeException malformed) {
            return null;
        }
    }
}
