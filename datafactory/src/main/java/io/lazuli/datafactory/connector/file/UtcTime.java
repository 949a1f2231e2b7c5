package io.lazuli.datafactory.connector.file;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the times that settings hold: ISO 8601, and what .NET prints by default; without a zone they are UTC. */
final class UtcTime {
    private static final List<DateTimeFormatter> FORMATS = List.of(
        DateTimeFormatter.ofPattern("yyyy-M-d['T'][' ']H:mm[:ss][.[SSSSSSSSS][SSSSSSS][SSSSSS][SSS][SS][S]][X]", Locale.ROOT),
        DateTimeFormatter.ofPattern("yyyy-M-d['T'][' ']H:mm[:ss][.[SSSSSSSSS][SSSSSSS][SSSSSS][SSS][SS][S]][XXX]", Locale.ROOT),
        DateTimeFormatter.ofPattern("yyyy-M-d", Locale.ROOT),
        DateTimeFormatter.ofPattern("M/d/yyyy[ h:mm:ss a][ H:mm:ss][ H:mm]", Locale.ROOT));

    private UtcTime() {
    }

    static Optional<Instant> parse(String text) {
        for (DateTimeFormatter format : FORMATS) {
            try {
                return Optional.of(instant(format.parseBest(text.trim().replaceFirst("z$", "Z"),
                    OffsetDateTime::from, LocalDateTime::from, LocalDate::from)));
            } catch (DateTimeException another) {
                continue;
            }
        }
        return Optional.empty();
    }

    private static Instant instant(TemporalAccessor time) {
        return switch (time) {
            case OffsetDateTime zoned -> zoned.toInstant();
            case LocalDateTime plain -> plain.toInstant(ZoneOffset.UTC);
            default -> LocalDateTime.of(LocalDate.from(time), LocalTime.MIDNIGHT).toInstant(ZoneOffset.UTC);
        };
    }
}
