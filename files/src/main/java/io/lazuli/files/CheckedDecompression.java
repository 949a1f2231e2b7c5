package io.lazuli.files;

import static io.lazuli.foundation.LazuliException.failure;

import io.airlift.compress.MalformedInputException;
import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.source.Compression;
import io.lazuli.foundation.LazuliException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Turns what decompressors throw for damaged data, each its own way, into {@code MALFORMED_DATA} with the file's name. */
final class CheckedDecompression extends FilterInputStream {
    private final Compression compression;
    private final String file;

    CheckedDecompression(InputStream decompressed, Compression compression, String file) {
        super(decompressed);
        this.compression = compression;
        this.file = file;
    }

    static LazuliException malformed(Compression compression, String file, Throwable cause) {
        String what = cause.getMessage() == null ? "it ends too early" : cause.getMessage();
        return failure(AlgebraError.MALFORMED_DATA, "%s is not a whole file compressed with %s: %s",
            file, compression.name().toLowerCase(Locale.ROOT), what, cause);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        try {
            return in.read(target, offset, length);
        } catch (IOException | MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw malformed(compression, file, e);
        } catch (OutOfMemoryError e) {
            // The lengths in the file tell decompressors how much to allocate, and damaged ones tell gigabytes.
            throw malformed(compression, file, e);
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
