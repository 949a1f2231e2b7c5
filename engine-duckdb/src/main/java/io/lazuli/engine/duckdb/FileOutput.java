package io.lazuli.engine.duckdb;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.AvroFormat;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.ExcelFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.OrcFormat;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.XmlFormat;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.engine.duckdb.file.DelimitedWriter;
import io.lazuli.engine.duckdb.file.JsonWriter;
import io.lazuli.engine.duckdb.format.FormatWriter;
import io.lazuli.engine.duckdb.format.Formats;
import io.lazuli.engine.duckdb.render.SqlLiterals;
import io.lazuli.engine.duckdb.render.SqlNames;
import io.lazuli.engine.duckdb.render.SqlTypes;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes files: Parquet within DuckDB, so that rows never leave it; all other formats by Java. */
final class FileOutput {
    private static final Map<String, String> PARQUET_CODECS = Map.of("none", "uncompressed", "snappy", "snappy", "gzip", "gzip",
        "lz4", "lz4_raw", "zstd", "zstd");

    private final DuckDbSession session;

    FileOutput(DuckDbSession session) {
        this.session = session;
    }

    long write(WriteFile write, Execution execution) {
        return switch (write.format()) {
            case ParquetFormat format -> parquet(write, format, execution);
            case DelimitedFormat _ -> byJava(write, new DelimitedWriter(write.head()), execution);
            case JsonFormat _ -> byJava(write, new JsonWriter(), execution);
            case AvroFormat _, OrcFormat _, ExcelFormat _, XmlFormat _ -> byJava(write, writer(write.format()), execution);
        };
    }

    private static FormatWriter writer(FileFormat format) {
        return Formats.writer(format).orElseThrow(() -> failure(CommonError.NOT_SUPPORTED, "Writing files of format %s is not supported",
            format.getClass().getSimpleName().replace("Format", "")));
    }

    private long parquet(WriteFile write, ParquetFormat format, Execution execution) {
        String codec = PARQUET_CODECS.get(format.codec());
        if (codec == null) {
            throw failure(CommonError.NOT_SUPPORTED, "Parquet files cannot be written with the compression codec '%s'; there are %s",
                format.codec(), PARQUET_CODECS.keySet().stream().sorted().toList());
        }
        return Commands.statement(session, execution, (renderer, _) -> {
            deletePart(write.file());
            String query = renderer.query(write.rows());
            return "COPY (" + renderer.with() + named(write.rows(), query) + ") TO " + SqlLiterals.string(write.file().toString())
                + " (FORMAT parquet, COMPRESSION " + codec + ")";
        });
    }

    /** What a failed first attempt left. */
    private static void deletePart(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "%s cannot be replaced: %s", file, e.getMessage(), e);
        }
    }

    /** The columns under their real names and types. */
    private static String named(Plan plan, String query) {
        List<String> names = SqlNames.of(plan.schema());
        if (names.isEmpty()) {
            throw failure(CommonError.INVALID_ARGUMENT, "A file without columns cannot be written");
        }
        return IntStream.range(0, names.size()).mapToObj(i -> {
            DataType type = plan.schema().fields().get(i).type();
            return "CAST(q." + SqlNames.quote(names.get(i)) + " AS " + SqlTypes.of(type == ScalarType.VARIANT ? ScalarType.STRING : type)
                + ") AS " + SqlNames.quote(plan.schema().fields().get(i).name());
        }).collect(Collectors.joining(", ", "SELECT ", " FROM (" + query + ") AS q"));
    }

    private long byJava(WriteFile write, FormatWriter writer, Execution execution) {
        try (RowCursor rows = session.query(write.rows(), execution)) {
            CountedRows counted = new CountedRows(rows, execution);
            writer.write(counted, write.format(), write.file());
            return counted.count();
        }
    }
}
