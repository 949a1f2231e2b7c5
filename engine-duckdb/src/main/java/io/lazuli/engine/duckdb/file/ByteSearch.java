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
        byte[] buffer = new byte[1 << 20];
        try (InputStream bytes = Files.newInputStream(file)) {
            for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                if (count(buffer, count, wanted) > 0) {
                    return true;
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
}
