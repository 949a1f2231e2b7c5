package io.lazuli.storage.metadata;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Moments that never come twice, and entity tags made of them. */
public final class EntityTag {
    /** Ticks of 100 nanoseconds between the years 1 and 1970, which Azure counts from. */
    private static final long TICKS_TO_1970 = 621_355_968_000_000_000L;
    private static final AtomicLong LAST = new AtomicLong();

    private EntityTag() {
    }

    /** Now, in microseconds since 1970; later than each answer before, also when many ask within one microsecond. */
    public static long now() {
        long now = System.currentTimeMillis() * 1000;
        return LAST.updateAndGet(last -> Math.max(last + 1, now));
    }

    /** The tag of a moment, quotes included. */
    public static String of(long micros) {
        return "\"0x" + Long.toHexString(micros * 10 + TICKS_TO_1970).toUpperCase(Locale.ROOT) + "\"";
    }
}
