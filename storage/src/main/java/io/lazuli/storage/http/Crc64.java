package io.lazuli.storage.http;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The 64-bit checksum of Azure Storage: the reflected polynomial {@code 9A6C9329AC4BC9B5}, begun and ended with all bits set. */
public final class Crc64 {
    private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
    private static final long[] TABLE = new long[256];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            long value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ POLYNOMIAL;
            }
            TABLE[i] = value;
        }
    }

    private long state = -1;

    public void update(ByteBuffer bytes) {
        long value = state;
        while (bytes.hasRemaining()) {
            value = TABLE[(int) ((value ^ bytes.get()) & 0xFF)] ^ value >>> 8;
        }
        state = value;
    }

    /** The checksum as clients send it: least significant byte first. */
    public byte[] value() {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(~state).array();
    }
}
