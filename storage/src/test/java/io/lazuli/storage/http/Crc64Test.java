package io.lazuli.storage.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Crc64Test {
    private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

    /** The check value of CRC-64/NVME, which is the same checksum. */
    @Test
    void hasTheValueThatIsPublishedForTheDigits() {
        Crc64 checksum = new Crc64();
        checksum.update(ByteBuffer.wrap("123456789".getBytes(US_ASCII)));
        assertThat(value(checksum)).isEqualTo(0xAE8B14860A799888L);
    }

    @Test
    void countsTheBytesOfPiecesOfAnyLength() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            ByteBuffer all = round % 2 == 0 ? ByteBuffer.wrap(bytes) : ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
            Crc64 checksum = new Crc64();
            while (all.hasRemaining()) {
                int length = Math.min(all.remaining(), 1 + random.nextInt(150));
                checksum.update(all.slice(all.position(), length));
                all.position(all.position() + length);
            }
            assertThat(value(checksum)).as("%d bytes", bytes.length).isEqualTo(bitByBit(bytes));
        }
    }

    private static long value(Crc64 checksum) {
        return ByteBuffer.wrap(checksum.value()).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private static long bitByBit(byte[] bytes) {
        long value = -1;
        for (byte next : bytes) {
            value ^= next & 0xFF;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ POLYNOMIAL;
            }
        }
        return ~value;
    }
}
