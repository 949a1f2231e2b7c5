package io.lazuli.storage.metadata;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Moments that never come twice, and entity tags made of them. */
public final class EntityTag {
    /** Ticks of 100 nanoseconds between the years 1 and 1970, which Azure counts from. */
    private static final long TICKS_TO_1970 = 621_355_968_000_000_000L;
    private static final HexFormat DIGITS = HexFormat.of().withUpperCase();
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
        return "\"" + bare(micros) + "\"";
    }

    /** The tag of a moment without quotes. */
    public static String bare(long micros) {
        String digits = DIGITS.toHexDigits(micros * 10 + TICKS_TO_1970);
        return "0x" + (digits.charAt(0) == '0' ? digits.substring(1) : digits);
    }
}
