package io.lazuli.storage.http;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The 64-bit checksum of Azure Storage: the reflected polynomial {@code 9A6C9329AC4BC9B5}, begun and ended with all bits set. */
public final class Crc64 {
    private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
    private static final int VALUES = 256;
    /** So many words of eight bytes are taken side by side, as no processor has to wait for one to look up what the next contributes. */
    private static final int LANES = 4;
    private static final int LANES_BYTES = LANES * Long.BYTES;
    /** What each byte contributes at each place of a word, one place behind another, to the word behind it. */
    private static final long[] NEXT = new long[Long.BYTES * VALUES];
    /** The same to the next word of its lane. */
    private static final long[] LANE = new long[Long.BYTES * VALUES];

    static {
        for (int i = 0; i < VALUES; i++) {
            long value = i;
            for (int followers = 0; followers < LANES_BYTES; followers++) {
                value = shifted(value);
                int place = Long.BYTES - 1 - followers % Long.BYTES;
                if (followers < Long.BYTES) {
                    NEXT[place * VALUES + i] = value;
                }
                LANE[place * VALUES + i] = value;
            }
        }
    }

    private long state = -1;

    private static long shifted(long before) {
        long value = before;
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ POLYNOMIAL;
        }
        return value;
    }

    public void update(ByteBuffer bytes) {
        ByteBuffer little = bytes.order(ByteOrder.LITTLE_ENDIAN);
        long value = state;
        if (little.remaining() >= LANES_BYTES) {
            value = lanes(value, little);
        }
        while (little.remaining() >= Long.BYTES) {
            value = word(NEXT, value ^ little.getLong());
        }
        while (little.hasRemaining()) {
            value = at(NEXT, Long.BYTES - 1, value ^ little.get()) ^ value >>> Byte.SIZE;
        }
        state = value;
    }

    /** Takes all but the last few of 32 bytes or more. */
    private static long lanes(long before, ByteBuffer bytes) {
        long first = before;
        long second = 0;
        long third = 0;
        long fourth = 0;
        int at = bytes.position();
        for (int last = bytes.limit() - 2 * LANES_BYTES; at <= last; at += LANES_BYTES) {
            first = word(LANE, first ^ bytes.getLong(at));
            second = word(LANE, second ^ bytes.getLong(at + 8));
            third = word(LANE, third ^ bytes.getLong(at + 16));
            fourth = word(LANE, fourth ^ bytes.getLong(at + 24));
        }
        bytes.position(at);
        long value = word(NEXT, first ^ bytes.getLong());
        value = word(NEXT, value ^ second ^ bytes.getLong());
        value = word(NEXT, value ^ third ^ bytes.getLong());
        return word(NEXT, value ^ fourth ^ bytes.getLong());
    }

    private static long word(long[] contributions, long bits) {
        return at(contributions, 0, bits) ^ at(contributions, 1, bits >>> 8)
            ^ at(contributions, 2, bits >>> 16) ^ at(contributions, 3, bits >>> 24)
            ^ at(contributions, 4, bits >>> 32) ^ at(contributions, 5, bits >>> 40)
            ^ at(contributions, 6, bits >>> 48) ^ at(contributions, 7, bits >>> 56);
    }

    private static long at(long[] contributions, int place, long bits) {
        return contributions[place * VALUES + (int) (bits & 0xFF)];
    }

    /** The checksum as clients send it: least significant byte first. */
    public byte[] value() {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(~state).array();
    }
}
