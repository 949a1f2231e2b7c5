package io.lazuli.engine.duckdb.format;

import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.RowCursor;
import java.nio.file.Path;

/** Writes files of one format, in Java. Stateless; {@link Formats} finds it. */
public interface FormatWriter {
    /** Writes all rows of the cursor, which stays open, to a file that must not exist. A failure may leave a part of it. */
    void write(RowCursor rows, FileFormat format, Path file);
}
