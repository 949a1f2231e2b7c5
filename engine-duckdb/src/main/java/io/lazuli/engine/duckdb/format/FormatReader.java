package io.lazuli.engine.duckdb.format;

import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.Schema;
import java.util.List;
import java.util.Optional;

/** Reads files of one format, in Java. Stateless; {@link Formats} finds it. */
public interface FormatReader {
    /**
     * The columns of the files together, by name: those of the first file, then those that later files add. A type that differs between
     * files is the narrowest that holds both. {@code MALFORMED_DATA} with the file's name when one is not of the format.
     */
    Schema describe(List<SourceFile> files, FileFormat format);

    /**
     * The rows of the files, one file after another.
     *
     * @param columns which of the described columns to give, with the described types; null in the rows of a file that lacks one
     * @param pathColumn a column, after {@code columns}, that holds each row's {@link SourceFile#name}
     */
    RowSource rows(List<SourceFile> files, FileFormat format, Schema columns, Optional<String> pathColumn);
}
