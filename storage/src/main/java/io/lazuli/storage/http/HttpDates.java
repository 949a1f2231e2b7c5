package io.lazuli.storage.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates as HTTP headers hold them. */
public final class HttpDates {
    private static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private HttpDates() {
    }

    public static String format(Instant instant) {
        return FORMAT.format(instant);
    }

    public static String formatMicros(long micros) {
        return format(Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000)));
    }

    /** The instant, or null when the text is no such date. */
    public static Instant parse(String text) {
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from);
        } catch (DateTimeException malformed) {
            return parseIso(text);
        }
    }

    private static Instant parseIso(String text) {
        try {
            return Instant.parse(text.strip());
        } catch (DateTimeException malformed) {
            return null;
        }
    }
}
