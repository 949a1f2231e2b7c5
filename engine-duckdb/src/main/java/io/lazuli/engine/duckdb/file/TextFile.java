package io.lazuli.engine.duckdb.file;

import io.lazuli.algebra.source.Compression;
import io.lazuli.files.Compressions;
import io.lazuli.files.Encodings;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** New files of text. */
final class TextFile {
    private static final int BUFFER = 1 << 16;

    private TextFile() {
    }

    /** A writer to a file that must not exist. */
    static Writer create(Path file, String encoding, Compression compression) throws IOException {
        OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), BUFFER);
        OutputStream compressed = Compressions.compress(bytes, compression, Compressions.Level.OPTIMAL);
        return new BufferedWriter(Encodings.writer(compressed, Charset.forName(encoding)), BUFFER);
    }
}
