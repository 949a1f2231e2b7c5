package io.lazuli.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A clock that is read once and has then gone on by a while, as one that is read before and after a slow start. */
final class JumpingClock extends Clock {
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final AtomicBoolean read = new AtomicBoolean();
    private final Duration jump;

    JumpingClock(Duration jump) {
        this.jump = jump;
    }

    /** What the first reading gives. */
    Instant start() {
        return start;
    }

    @Override
    public Instant instant() {
        return read.getAndSet(true) ? start.plus(jump) : start;
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
