package io.lazuli.engine.duckdb.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds a byte in a file, about as fast as the file can be read. */
final class ByteSearch {
    private ByteSearch() {
    }

    static boolean contains(Path file, byte wanted) {
        return search(file, (buffer, length) -> count(buffer, length, wanted));
    }

    /** Whether two bytes stand side by side. */
    static boolean containsPair(Path file, byte first, byte second) {
        return search(file, (buffer, length) -> count(buffer, length, first, second));
    }

    /** Counts what is looked for in the first bytes of a buffer, the first of which was the last one of the buffer before. */
    private interface Count {
        int of(byte[] buffer, int length);
    }

    private static boolean search(Path file, Count wanted) {
        byte[] buffer = new byte[1 << 20];
        try (InputStream bytes = Files.newInputStream(file)) {
            int kept = 0;
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer, kept, buffer.length - kept)) {
                int length = kept + read;
                if (wanted.of(buffer, length) > 0) {
                    return true;
                }
                if (length > 0) {
                    buffer[0] = buffer[length - 1];
                    kept = 1;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts instead of stopping at the first, which the compiler turns into vector instructions. */
    private static int count(byte[] buffer, int length, byte wanted) {
        int found = 0;
        for (int i = 0; i < length; i++) {
            found += buffer[i] == wanted ? 1 : 0;
        }
        return found;
    }

    private static int count(byte[] buffer, int length, byte first, byte second) {
        int found = 0;
        for (int i = 1; i < length; i++) {
            found += buffer[i - 1] == first & buffer[i] == second ? 1 : 0;
        }
        return found;
    }
}
