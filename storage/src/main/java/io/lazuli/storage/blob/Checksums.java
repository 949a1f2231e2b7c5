package io.lazuli.storage.blob;

import io.lazuli.storage.http.Crc64;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Sees the bytes of an upload and compares what it saw with what the request announces. */
public final class Checksums implements Consumer<ByteBuffer> {
    /** What the request announces of the bytes that it sends, by one checksum or the other; null where it does not. */
    private record Announced(String md5, String crc64) {
        private Announced {
            if (md5 != null && crc64 != null) {
                throw ServiceFailure.badRequest("BothCrc64AndMd5HeaderPresent",
                    "Both x-ms-content-crc64 header and Content-MD5 header are present.");
            }
        }

        static Announced of(Exchange exchange, String md5Header, String crc64Header) {
            return new Announced(announced(exchange, md5Header, 16), announced(exchange, crc64Header, 8));
        }

        static Announced of(Exchange exchange) {
            return of(exchange, "Content-MD5", "x-ms-content-crc64");
        }
    }

    private final Announced announced;
    /** What the blob shall keep for its MD5, null for what is seen. */
    private final String keptMd5;
    private final boolean tellsBoth;
    private final MessageDigest md5;
    private final Crc64 crc64;

    public Checksums(Exchange exchange, boolean md5Wanted) {
        this(Announced.of(exchange), null, md5Wanted, false, false);
    }

    private Checksums(Announced announced, String keptMd5, boolean md5Wanted, boolean crc64Wanted, boolean tellsBoth) {
        this.announced = announced;
        this.keptMd5 = keptMd5;
        this.tellsBoth = tellsBoth;
        md5 = md5Wanted || announced.md5() != null ? md5() : null;
        crc64 = crc64Wanted || announced.crc64() != null ? new Crc64() : null;
    }

    /** For a part of a blob: the client is told the CRC64 of what came, and the MD5 that it announces. */
    static Checksums ofPart(Exchange exchange) {
        return new Checksums(Announced.of(exchange), null, false, true, false);
    }

    /** For Put Blob, of which the MD5 is kept and both are told; the MD5 that the client wants to be kept has to be the right one too. */
    static Checksums ofBlob(Exchange exchange) {
        return new Checksums(Announced.of(exchange), announced(exchange, "x-ms-blob-content-md5", 16), true, true, true);
    }

    /** For the bytes of a copy's source, of which the request announces other headers. */
    static Checksums ofSource(Exchange exchange) {
        return new Checksums(Announced.of(exchange, "x-ms-source-content-md5", "x-ms-source-content-crc64"), null, true, true, false);
    }

    private static String announced(Exchange exchange, String header, int bytes) {
        String value = exchange.header(header);
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            if (Base64.getDecoder().decode(value).length == bytes) {
                return value;
            }
        } catch (IllegalArgumentException malformed) {
            throw invalid(header, value);
        }
        throw invalid(header, value);
    }

    private static ServiceFailure invalid(String header, String value) {
        return header.toLowerCase(Locale.ROOT).endsWith("content-md5")
            ? ServiceFailure.badRequest("InvalidMd5", "The MD5 value specified in the request is invalid. It must be 128 bits in base 64.")
            : ServiceFailure.invalidHeader(header, value);
    }

    public static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has MD5", impossible);
        }
    }

    @Override
    public void accept(ByteBuffer bytes) {
        quick().accept(bytes.slice());
        slow().ifPresent(observer -> observer.accept(bytes.slice()));
    }

    /** Sees the bytes for what takes less time than writing them. */
    public Consumer<ByteBuffer> quick() {
        return crc64 == null ? bytes -> { } : crc64::update;
    }

    /** Sees the bytes for what takes more. */
    public Optional<Consumer<ByteBuffer>> slow() {
        return Optional.ofNullable(md5).map(digest -> digest::update);
    }

    /** Compares with what was announced, tells the client what was seen, and gives the MD5 in base 64, or null when none was wanted. */
    public String verify(Exchange exchange) {
        String seenMd5 = md5 == null ? null : Base64.getEncoder().encodeToString(md5.digest());
        requireMd5(announced.md5(), seenMd5);
        requireMd5(keptMd5, seenMd5);
        if (crc64 != null) {
            String seen = Base64.getEncoder().encodeToString(crc64.value());
            if (announced.crc64() != null && !seen.equals(announced.crc64())) {
                throw ServiceFailure.badRequest("Crc64Mismatch",
                    "The CRC64 value specified in the request did not match with the CRC64 value calculated by the server.")
                    .with("UserSpecifiedCrc64", announced.crc64()).with("ServerCalculatedCrc64", seen);
            }
            exchange.set("x-ms-content-crc64", seen);
        }
        if (crc64 == null || announced.md5() != null || tellsBoth) {
            exchange.set("Content-MD5", seenMd5);
        }
        return seenMd5;
    }

    private static void requireMd5(String given, String seen) {
        if (given != null && !given.equals(seen)) {
            throw ServiceFailure.badRequest("Md5Mismatch",
                "The MD5 value specified in the request did not match with the MD5 value calculated by the server.")
                .with("UserSpecifiedMd5", given).with("ServerCalculatedMd5", seen);
        }
    }
}
