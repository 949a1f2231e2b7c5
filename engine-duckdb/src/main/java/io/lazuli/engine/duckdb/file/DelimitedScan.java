package io.lazuli.engine.duckdb.file;

import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.Schema;
import io.lazuli.engine.duckdb.render.SqlLiterals;
import io.lazuli.engine.duckdb.render.SqlNames;
import io.lazuli.files.DelimitedReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Delimited text by DuckDB's parallel reader, for the formats and files of which it gives the same values as Azure or fails: rows that are
 * shorter than the header, say, make it fail.
 */
record DelimitedScan(FileSource source, DelimitedFormat format) {
    /** The scan, or empty when only the exact reader will do. */
    Optional<FileSources.ByDuckDb> open(Schema columns) {
        if (!formatFits()) {
            return Optional.empty();
        }
        Schema schema = DelimitedReader.describe(List.of(source.files().getFirst()), format);
        boolean alike = schema.size() > 1
            && source.files().stream().skip(1).allMatch(file -> DelimitedReader.describe(List.of(file), format).equals(schema));
        boolean known = columns.names().stream()
            .allMatch(name -> schema.find(name).isPresent() || source.pathColumn().equals(Optional.of(name)));
        return alike && known ? Optional.of(opened(columns, schema)) : Optional.empty();
    }

    private boolean formatFits() {
        int delimiterBytes = format.delimiter().getBytes(StandardCharsets.UTF_8).length;
        boolean compression = format.compression() == Compression.NONE || format.compression() == Compression.GZIP
            || format.compression() == Compression.ZSTD;
        boolean quoting = format.quote().length() == 1 && format.quote().charAt(0) < 128 && isEscapeHarmless();
        return compression && quoting && delimiterBytes >= 1 && delimiterBytes <= 4 && format.skipLines() == 0
            && (format.rowDelimiter().isEmpty() || format.rowDelimiter().equals("\n") || format.rowDelimiter().equals("\r\n"))
            && Charset.forName(format.encoding()).equals(StandardCharsets.UTF_8) && format.multiline();
    }

    /** Where an escape character that is not the quote occurs, Azure takes more texts than DuckDB, and takes some for other values. */
    private boolean isEscapeHarmless() {
        if (format.escape().equals(format.quote())) {
            return true;
        }
        if (format.compression() != Compression.NONE || format.escape().length() != 1 || format.escape().charAt(0) >= 128) {
            return false;
        }
        byte wanted = (byte) format.escape().charAt(0);
        return source.files().stream().noneMatch(file -> ByteSearch.contains(file.path(), wanted));
    }

    private FileSources.ByDuckDb opened(Schema columns, Schema schema) {
        List<String> names = SqlNames.of(schema);
        List<Path> paths = source.files().stream().map(SourceFile::path).toList();
        String types = names.stream().map(name -> SqlLiterals.string(name) + ": 'VARCHAR'").collect(Collectors.joining(", ", "{", "}"));
        String function = "read_csv(" + FileFunctions.list(paths) + ", auto_detect = false, columns = " + types
            + ", header = " + format.header() + ", delim = " + SqlLiterals.string(format.delimiter())
            + ", quote = " + SqlLiterals.string(format.quote()) + ", escape = " + SqlLiterals.string(format.escape())
            + ", nullstr = " + SqlLiterals.string(format.nullValue())
            + ", compression = '" + format.compression().name().toLowerCase(Locale.ROOT)
            + "', hive_partitioning = false, strict_mode = true, " + FileFunctions.PATH_OPTION + ")";
        String select = FileFunctions.select(columns, source, paths, function,
            field -> "f." + SqlNames.quote(names.get(schema.names().indexOf(field.name()))));
        return new FileSources.ByDuckDb(select, new OpenedFiles(source.files(), paths, List.of(), true));
    }
}
