package io.lazuli.engine.duckdb.format;

import io.lazuli.algebra.source.FileFormat;
import java.util.Optional;

/** Which formats Java code reads and writes. A format's libraries are loaded when the first file of it is used. */
public final class Formats {
    private Formats() {
    }

    /** The reader of a format, empty when DuckDB itself reads it. */
    public static Optional<FormatReader> reader(FileFormat format) {
        return Optional.empty();
    }

    /** The writer of a format, empty when DuckDB itself writes it. */
    public static Optional<FormatWriter> writer(FileFormat format) {
        return Optional.empty();
    }
}
