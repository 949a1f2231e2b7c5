package io.lazuli.storage.content;

import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import io.lazuli.storage.metadata.KeptRecord.Kind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Which content of a blob is meant, when not the current one.
 *
 * @param id the moment that identifies it, as clients see it
 */
public record Generation(Kind kind, String id) {
    private static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The generation that a request names with {@code snapshot} or {@code versionid}, empty for the current content. */
    public static Optional<Generation> of(Target target) {
        String snapshot = target.parameter("snapshot");
        String version = target.parameter("versionid");
        if (snapshot != null && version != null) {
            throw ServiceFailure.invalidParameter("versionid", version, "A request names a snapshot or a version.");
        }
        return snapshot != null ? Optional.of(new Generation(Kind.SNAPSHOT, checked("snapshot", snapshot)))
            : version != null ? Optional.of(new Generation(Kind.VERSION, checked("versionid", version))) : Optional.empty();
    }

    /** The same moment, however many digits the client gives it. */
    private static String checked(String parameter, String text) {
        try {
            Instant moment = Instant.parse(text);
            return FORMAT.format(moment);
        } catch (DateTimeParseException malformed) {
            throw ServiceFailure.invalidParameter(parameter, text, "Expected a moment such as 2026-01-31T12:34:56.1234567Z.");
        }
    }

    /** A moment in microseconds since 1970, as clients see it. */
    public static String id(long micros) {
        return FORMAT.format(Instant.EPOCH.plusNanos(TimeUnit.MICROSECONDS.toNanos(micros)));
    }
}
