package io.lazuli.storage.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
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

    private static final AtomicReferenceArray<Formatted> LATEST = new AtomicReferenceArray<>(64);
    /** Requests that come within a second have the same date. */
    private static final AtomicReference<Formatted> PARSED = new AtomicReference<>(new Formatted(0, FORMAT.format(Instant.EPOCH)));

    private HttpDates() {
    }

    public static String format(Instant instant) {
        return formatSecond(instant.getEpochSecond());
    }

    public static String formatMicros(long micros) {
        return formatSecond(Math.floorDiv(micros, 1_000_000L));
    }

    private static String formatSecond(long second) {
        int slot = Math.floorMod(second, LATEST.length());
        Formatted known = LATEST.get(slot);
        if (known == null || known.second() != second) {
            known = new Formatted(second, FORMAT.format(Instant.ofEpochSecond(second)));
            LATEST.set(slot, known);
        }
        return known.text();
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
