package io.lazuli.engine.duckdb.file;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.algebra.type.StructType;
import io.lazuli.engine.duckdb.render.SqlLiterals;
import io.lazuli.engine.duckdb.render.SqlTypes;
import io.lazuli.files.Compressions;
import io.lazuli.files.Encodings;
import io.lazuli.foundation.CommonError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON by DuckDB's reader. Columns are the fields of all documents together; texts stay texts, whatever they look like; a field of several
 * types is a variant.
 */
record JsonScan(FileSource source, JsonFormat format, Path temporaryDirectory) {
    /** The different structures of documents in the order in which they first appear, so that columns have an order too. */
    private static final String STRUCTURES = """
        SELECT to_json(list(structure ORDER BY position)) FROM (
            SELECT structure, min(position) AS position FROM (
                SELECT json_structure(json) AS structure, row_number() OVER () AS position FROM %s)
            GROUP BY structure)
        """;

    Schema describe(FileSources.Inspection inspection) {
        try (OpenedFiles files = openedFiles()) {
            String structures = inspection.value(STRUCTURES.formatted(objects(files)));
            if (structures == null) {
                return new Schema(List.of());
            }
            DataType type = JsonStructures.type(JsonMapper.shared().readTree(structures).values());
            if (!(type instanceof StructType struct)) {
                throw failure(AlgebraError.MALFORMED_DATA, "%s: documents are no objects, but %s",
                    source.files().getFirst().name(), type);
            }
            return new Schema(struct.fields());
        }
    }

    FileSources.ByDuckDb open(Schema columns) {
        OpenedFiles files = openedFiles();
        String select = FileFunctions.select(columns, source, files.paths(), objects(files), JsonScan::value);
        return new FileSources.ByDuckDb(select, files);
    }

    /** A field by its exact name; a text without its quotes, all else converted from JSON strictly. */
    private static String value(Field field) {
        String pointer = SqlLiterals.string("/" + field.name().replace("~", "~0").replace("/", "~1"));
        String value = "json_extract(f.json, " + pointer + ")";
        if (field.type() == ScalarType.STRING) {
            return "json_extract_string(f.json, " + pointer + ")";
        }
        boolean nested = field.type() instanceof StructType || field.type() instanceof ArrayType || field.type() instanceof MapType;
        if (nested) {
            // A cast would fail where one of several structures has not all fields.
            String type = '"' + SqlTypes.of(field.type()).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            return "from_json(" + value + ", " + SqlLiterals.string(type) + ")";
        }
        return field.type() == ScalarType.VARIANT ? value
            : "CASE WHEN json_type(f.json, " + pointer + ") <> 'NULL' THEN CAST(" + value + " AS " + SqlTypes.of(field.type()) + ") END";
    }

    private String objects(OpenedFiles files) {
        long largest = files.paths().stream().mapToLong(JsonScan::size).max().orElse(0);
        String compression = files.temporary().isEmpty() ? format.compression().name().toLowerCase(Locale.ROOT) : "none";
        return "read_json_objects(" + FileFunctions.list(files.paths()) + ", format = 'auto', compression = '" + compression
            + "', hive_partitioning = false, maximum_object_size = " + Math.clamp(largest, 1L << 24, 1L << 29) + ", "
            + FileFunctions.PATH_OPTION + ")";
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OpenedFiles openedFiles() {
        boolean plain = format.lenient().isEmpty() && Charset.forName(format.encoding()).equals(StandardCharsets.UTF_8)
            && List.of(Compression.NONE, Compression.GZIP, Compression.ZSTD).contains(format.compression());
        List<Path> paths = source.files().stream().map(file -> plain ? file.path() : transcoded(file)).toList();
        return new OpenedFiles(source.files(), paths, plain ? List.of() : paths, false);
    }

    private Path transcoded(SourceFile file) {
        try {
            Path copy = Files.createTempFile(temporaryDirectory, "json", ".json");
            try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file.path()));
                Reader reader = Encodings.reader(Compressions.decompress(bytes, format.compression(), file.name()),
                    Charset.forName(format.encoding()), file.name());
                Writer writer = Files.newBufferedWriter(copy)) {
                if (format.lenient().isEmpty()) {
                    reader.transferTo(writer);
                } else {
                    LenientJson.copy(reader, writer, format.lenient(), file.name());
                }
            }
            return copy;
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "%s cannot be read: %s", file.name(), e.getMessage(), e);
        }
    }
}
