package io.lazuli.server;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** A clock that stands at a whole second until it is let go, so that a slow start takes no time. */
final class WaitingClock extends Clock {
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private volatile Long goneNanos;

    void go() {
        goneNanos = System.nanoTime();
    }

    @Override
    public Instant instant() {
        Long since = goneNanos;
        return since == null ? start : start.plusNanos(System.nanoTime() - since);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
