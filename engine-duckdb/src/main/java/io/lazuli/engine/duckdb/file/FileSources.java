package io.lazuli.engine.duckdb.file;

import io.lazuli.algebra.source.AvroFormat;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.ExcelFormat;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.OrcFormat;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.source.XmlFormat;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.engine.duckdb.format.FormatReader;
import io.lazuli.engine.duckdb.format.Formats;
import io.lazuli.files.DelimitedReader;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads files: Parquet, JSON and most delimited text by DuckDB, all other by Java. */
public final class FileSources {
    private final Path temporaryDirectory;

    public FileSources(Path temporaryDirectory) {
        this.temporaryDirectory = temporaryDirectory;
    }

    /** What a reading may do. */
    public enum Way {
        /** Take DuckDB's reader, which is faster and refuses some texts that Azure takes; the caller tries again the other way. */
        FAST,
        EXACT
    }

    /** How the files of a source are read. */
    public sealed interface Opened {
    }

    /** Java code gives the rows. */
    public record ByJava(RowSource rows) implements Opened {
    }

    /** DuckDB reads the files by itself, by a {@code SELECT} of the wanted columns. */
    public record ByDuckDb(String select, OpenedFiles files) implements Opened {
    }

    /** Runs a query for its columns, or for its first value. */
    public interface Inspection {
        Schema columns(String query);

        String value(String query);
    }

    public Schema describe(FileSource source, Inspection inspection) {
        requireFiles(source);
        Schema own = switch (source.format()) {
            case DelimitedFormat format -> DelimitedReader.describe(source.files(), format);
            case JsonFormat format -> new JsonScan(source, format, temporaryDirectory).describe(inspection);
            case ParquetFormat _ -> new ParquetScan(source).describe(inspection);
            case AvroFormat _, OrcFormat _, ExcelFormat _, XmlFormat _ -> reader(source).describe(source.files(), source.format());
        };
        return source.pathColumn().map(name -> own.followedBy(Schema.of(new Field(name, ScalarType.STRING)))).orElse(own);
    }

    public Opened open(FileSource source, Schema columns, Way way) {
        requireFiles(source);
        boolean path = source.pathColumn().isPresent() && columns.find(source.pathColumn().get()).isPresent();
        Schema own = new Schema(columns.fields().stream().filter(field -> !source.pathColumn().equals(Optional.of(field.name()))).toList());
        Optional<String> pathColumn = path ? source.pathColumn() : Optional.empty();
        return switch (source.format()) {
            case DelimitedFormat format -> {
                Optional<ByDuckDb> fast = way == Way.FAST ? new DelimitedScan(source, format).open(columns) : Optional.empty();
                yield fast.isPresent() ? fast.get() : new ByJava(DelimitedReader.rows(source.files(), format, own, pathColumn));
            }
            case JsonFormat format -> new JsonScan(source, format, temporaryDirectory).open(columns);
            case ParquetFormat _ -> new ParquetScan(source).open(columns);
            case AvroFormat _, OrcFormat _, ExcelFormat _, XmlFormat _ ->
                new ByJava(reader(source).rows(source.files(), source.format(), own, pathColumn));
        };
    }

    private static FormatReader reader(FileSource source) {
        return Formats.reader(source.format()).orElseThrow(() -> LazuliException.failure(CommonError.NOT_SUPPORTED,
            "Reading files of format %s is not supported", source.format().getClass().getSimpleName().replace("Format", "")));
    }

    private static void requireFiles(FileSource source) {
        if (source.files().isEmpty()) {
            throw LazuliException.failure(CommonError.NOT_FOUND, "There are no files to read");
        }
        List<String> missing = source.files().stream().filter(file -> !Files.isRegularFile(file.path())).map(file -> file.name()).toList();
        if (!missing.isEmpty()) {
            throw LazuliException.failure(CommonError.NOT_FOUND, "File '%s' does not exist", missing.getFirst());
        }
    }
}
