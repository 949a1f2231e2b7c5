package io.lazuli.languages.pipeline.dotnet;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A date and time as .NET's {@code DateTime} holds it, in ticks of 100 ns, on a machine whose own zone is UTC.
 *
 * @param kind decides what follows the time when it is written: {@code Z}, {@code +00:00} or nothing
 */
public record Timestamp(LocalDateTime time, Kind kind) {
    private static final LocalDateTime FIRST = LocalDateTime.of(1, 1, 1, 0, 0);
    private static final long NANOS_OF_TICK = 100;
    private static final long TICKS_OF_SECOND = 10_000_000;

    /** What is known of the zone. */
    public enum Kind {
        /** The text ended with {@code Z}, or the time was computed as UTC. */
        UTC,
        /** The text had an offset: the time was moved to the machine's zone, which is UTC. */
        LOCAL,
        /** Nothing is known of the zone. */
        UNSPECIFIED
    }

    public Timestamp {
        time = time.minusNanos(time.getNano() % NANOS_OF_TICK);
    }

    public static Timestamp utc(Instant instant) {
        return new Timestamp(LocalDateTime.ofInstant(instant, ZoneOffset.UTC), Kind.UTC);
    }

    public Timestamp with(LocalDateTime other) {
        return new Timestamp(other, kind);
    }

    /** Whether the year is one that can be written: 1 to 9999. */
    public boolean isInRange() {
        return time.getYear() >= 1 && time.getYear() <= 9999;
    }

    /** The number of 100 ns since the beginning of year 1. */
    public long ticks() {
        return ChronoUnit.SECONDS.between(FIRST, time) * TICKS_OF_SECOND + time.getNano() / NANOS_OF_TICK;
    }
}
