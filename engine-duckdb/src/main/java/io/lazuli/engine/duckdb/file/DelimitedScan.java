package io.lazuli.engine.duckdb.file;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.Schema;
import io.lazuli.engine.duckdb.render.RaisedErrors;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Delimited text by DuckDB's parallel reader, for the formats and files of which it gives the same values as Azure or fails: rows that are
 * shorter than the header, say, make it fail.
 */
record DelimitedScan(FileSource source, DelimitedFormat format) {
    /** Columns after the last, which are null unless a row is too long: DuckDB itself lets empty values at the end pass. */
    private static final String EXCESS = "lazuli~excess";
    /** How many values more than twice its columns a row may have where they are dropped and DuckDB has to count them. */
    private static final int MARGIN = 16;
    /** A text that no file has, so that DuckDB's nulls are missing values only; the format's null text becomes null afterwards. */
    private static final String NOTHING = "\uE000lazuli\uE001";

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
        boolean quoting = isAscii(format.quote()) && isAscii(format.escape());
        return format.compression() == Compression.NONE && quoting && delimiterBytes >= 1 && delimiterBytes <= 4 && format.skipLines() == 0
            && (format.rowDelimiter().isEmpty() || format.rowDelimiter().equals("\n") || format.rowDelimiter().equals("\r\n"))
            && Charset.forName(format.encoding()).equals(StandardCharsets.UTF_8) && format.multiline()
            && source.files().stream().map(SourceFile::path).allMatch(this::isPlain);
    }

    private static boolean isAscii(String character) {
        return character.length() == 1 && character.charAt(0) < 128;
    }

    /**
     * Whether a file has neither escapes other than doubled quotes, of which Azure takes more, nor spaces beside quotes, which DuckDB
     * passes over where Azure keeps them or fails.
     */
    private boolean isPlain(Path file) {
        byte quote = (byte) format.quote().charAt(0);
        byte escape = (byte) format.escape().charAt(0);
        return !ByteSearch.containsPair(file, quote, (byte) ' ') && !ByteSearch.containsPair(file, (byte) ' ', quote)
            && (escape == quote || !ByteSearch.contains(file, escape));
    }

    /** Without quotes in the files all that DuckDB takes more loosely are values beyond the columns, and ends of rows of all kinds. */
    private boolean readsLoosely() {
        return format.dropsExtraValues() && format.rowDelimiter().isEmpty() && source.files().stream().map(SourceFile::path)
            .noneMatch(file -> ByteSearch.contains(file, (byte) format.quote().charAt(0)));
    }

    private FileSources.ByDuckDb opened(Schema columns, Schema schema) {
        List<String> names = SqlNames.of(schema);
        List<Path> paths = source.files().stream().map(SourceFile::path).toList();
        boolean loose = readsLoosely();
        int excess = loose ? 0 : format.dropsExtraValues() ? names.size() + MARGIN : 1;
        String types = Stream.concat(names.stream(), IntStream.range(0, excess).mapToObj(i -> i == 0 ? EXCESS : EXCESS + i))
            .map(name -> SqlLiterals.string(name) + ": 'VARCHAR'").collect(Collectors.joining(", ", "{", "}"));
        String function = "read_csv(" + FileFunctions.list(paths) + ", auto_detect = false, columns = " + types
            + ", header = " + format.header() + ", delim = " + SqlLiterals.string(format.delimiter())
            + ", quote = " + SqlLiterals.string(format.quote()) + ", escape = " + SqlLiterals.string(format.escape())
            + ", nullstr = '" + NOTHING + "', null_padding = true"
            + ", compression = '" + format.compression().name().toLowerCase(Locale.ROOT)
            + "', hive_partitioning = false, strict_mode = " + !loose + ", " + FileFunctions.PATH_OPTION + ")";
        String select = FileFunctions.select(columns, source, paths, function,
            field -> "nullif(f." + SqlNames.quote(names.get(schema.names().indexOf(field.name()))) + ", "
                + SqlLiterals.string(format.nullValue()) + ")");
        String checked = format.dropsExtraValues() ? select : select
            + " WHERE CASE WHEN f." + SqlNames.quote(EXCESS) + " IS NULL THEN true ELSE "
            + RaisedErrors.raise(AlgebraError.MALFORMED_DATA, "'A row has more columns than expected'") + " END";
        return new FileSources.ByDuckDb(checked, new OpenedFiles(source.files(), paths, List.of(), true));
    }
}
