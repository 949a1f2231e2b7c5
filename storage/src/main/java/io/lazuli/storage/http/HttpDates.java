package io.lazuli.storage.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/** Dates as HTTP headers hold them. */
public final class HttpDates {
    private static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

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
