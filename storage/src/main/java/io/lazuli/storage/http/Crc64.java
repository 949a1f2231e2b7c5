package io.lazuli.storage.http;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The 64-bit checksum of Azure Storage: the reflected polynomial {@code 9A6C9329AC4BC9B5}, begun and ended with all bits set. */
public final class Crc64 {
    private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
    /** What a byte contributes when so many others follow it: eight bytes are taken at once. */
    private static final long[][] TABLES = new long[Long.BYTES][256];

    static {
        for (int i = 0; i < 256; i++) {
            long value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ POLYNOMIAL;
            }
            TABLES[0][i] = value;
        }
        for (int table = 1; table < TABLES.length; table++) {
            for (int i = 0; i < 256; i++) {
                long before = TABLES[table - 1][i];
                TABLES[table][i] = TABLES[0][(int) (before & 0xFF)] ^ before >>> 8;
            }
        }
    }

    private long state = -1;

    public void update(ByteBuffer bytes) {
        ByteBuffer little = bytes.order(ByteOrder.LITTLE_ENDIAN);
        long value = state;
        while (little.remaining() >= Long.BYTES) {
            value = eight(value ^ little.getLong());
        }
        while (little.hasRemaining()) {
            value = TABLES[0][(int) ((value ^ little.get()) & 0xFF)] ^ value >>> 8;
        }
        state = value;
    }

    private static long eight(long bits) {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value ^= TABLES[Long.BYTES - 1 - i][(int) (bits >>> 8 * i & 0xFF)];
        }
        return value;
    }

    /** The checksum as clients send it: least significant byte first. */
    public byte[] value() {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(~state).array();
    }
}
