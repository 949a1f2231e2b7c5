package io.lazuli.operators;

import static io.lazuli.operators.JavaOperator.Kind.BINARY;
import static io.lazuli.operators.JavaOperator.Kind.FLOAT32;
import static io.lazuli.operators.JavaOperator.Kind.FLOAT64;
import static io.lazuli.operators.JavaOperator.Kind.INT32;
import static io.lazuli.operators.JavaOperator.Kind.INT64;
import static io.lazuli.operators.JavaOperator.Kind.STRING;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.zip.CRC32;

/** Hashes, and the bytes of the numbers that they see. */
final class HashOperators {
    static final List<JavaOperator> ALL = List.of(
        JavaOperator.of("digest", "The hash of the bytes by an algorithm that Java names, such as SHA-512.",
            a -> digest((byte[]) a[0], (String) a[1]), BINARY, BINARY, STRING),
        JavaOperator.of("blake2b", "The BLAKE2b hash of so many bits, a multiple of 8 up to 512.",
            a -> Blake2b.hash((byte[]) a[0], (int) a[1] / 8), BINARY, BINARY, INT32),
        JavaOperator.of("crc32", "The CRC-32 checksum.", a -> crc32((byte[]) a[0]), INT64, BINARY),
        JavaOperator.of("int32_bytes", "The number's four bytes, lowest first.",
            a -> bytes(4).putInt((int) a[0]).array(), BINARY, INT32),
        JavaOperator.of("int64_bytes", "The number's eight bytes, lowest first.",
            a -> bytes(8).putLong((long) a[0]).array(), BINARY, INT64),
        JavaOperator.of("float32_bytes", "The number's four bytes by IEEE 754, lowest first; no number has always the same.",
            a -> bytes(4).putInt(Float.floatToIntBits((float) a[0])).array(), BINARY, FLOAT32),
        JavaOperator.of("float64_bytes", "The number's eight bytes by IEEE 754, lowest first; no number has always the same.",
            a -> bytes(8).putLong(Double.doubleToLongBits((double) a[0])).array(), BINARY, FLOAT64));

    private HashOperators() {
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] digest(byte[] bytes, String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException unknown) {
            throw new IllegalArgumentException(algorithm + " is no hash", unknown);
        }
    }

    private static long crc32(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return checksum.getValue();
    }
}
