package io.lazuli.files;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads delimited text to the letter of Azure's rules, one row at a time, in any encoding and compression; the files of an archive are
 * read one after another.
 *
 * <p>Every column is a string. A row with fewer values than columns has nulls at the end; one with more is bad, unless the format drops
 * them, as is one whose quotes do not match. A bad row fails the reading with {@code MALFORMED_DATA}, the file and the line, or goes to
 * whoever asked for bad rows.
 */
public final class DelimitedReader {
    private DelimitedReader() {
    }

    /** The columns of the files together, from their headers, or from the number of values in their first rows and the format. */
    public static Schema describe(List<SourceFile> files, DelimitedFormat format) {
        List<Schema> schemas = new ArrayList<>();
        for (SourceFile file : files) {
            try (RowCursor cursor = open(file, format, badRow -> { })) {
                schemas.add(cursor.schema());
            }
        }
        return TypeUnion.of(schemas);
    }

    /** Rows of the wanted columns, which are found by name; a bad row fails. */
    public static RowSource rows(List<SourceFile> files, DelimitedFormat format, Schema columns, Optional<String> pathColumn) {
        return new FileRows(files, columns, pathColumn, file -> open(file, format, DelimitedReader::fail));
    }

    /** Rows of the wanted columns, without the bad ones, which the consumer hears of on the reading thread. */
    public static RowSource tolerantRows(
        List<SourceFile> files, DelimitedFormat format, Schema columns, Optional<String> pathColumn, Consumer<BadRow> badRows) {
        return new FileRows(files, columns, pathColumn, file -> open(file, format, badRows));
    }

    private static RowCursor open(SourceFile file, DelimitedFormat format, Consumer<BadRow> badRows) {
        return Compressions.isArchive(format.compression())
            ? PackedFile.open(file, format.compression(), plain -> new Cursor(plain, format, Compression.NONE, badRows))
            : new Cursor(file, format, format.compression(), badRows);
    }

    private static void fail(BadRow bad) {
        throw failure(AlgebraError.MALFORMED_DATA, Place.at((int) bad.line(), 1), "%s, row %d (line %d): %s",
            bad.file().name(), bad.row(), bad.line(), bad.reason());
    }

    private static final class Cursor implements RowCursor {
        private final SourceFile file;
        private final String nullValue;
        private final boolean dropsExtraValues;
        private final Consumer<BadRow> badRows;
        private final Reader reader;
        private final DelimitedText text;
        private final Schema schema;
        private List<String> ahead;
        private List<String> values;
        private long row;

        Cursor(SourceFile file, DelimitedFormat format, Compression compression, Consumer<BadRow> badRows) {
            this.file = file;
            this.nullValue = format.nullValue();
            this.dropsExtraValues = format.dropsExtraValues();
            this.badRows = badRows;
            try {
                this.reader = open(file, format, compression);
                this.text = new DelimitedText(reader, format);
                text.skip(format.skipLines());
                ahead = text.next();
                this.schema = format.header() ? header() : numbered(Math.max(format.leastColumns(), ahead == null ? 0 : ahead.size()));
                if (format.header()) {
                    ahead = null;
                }
            } catch (IOException e) {
                throw failed(e);
            }
        }

        private static Reader open(SourceFile file, DelimitedFormat format, Compression compression) throws IOException {
            InputStream bytes = new BufferedInputStream(Files.newInputStream(file.path()), 1 << 16);
            return Encodings.reader(Compressions.decompress(bytes, compression, file.name()), Charset.forName(format.encoding()),
                file.name());
        }

        private Schema header() {
            List<Field> fields = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            for (String name : ahead == null ? List.<String>of() : ahead) {
                if (name.isEmpty() || !seen.add(name)) {
                    throw failure(AlgebraError.MALFORMED_DATA, Place.at((int) text.rowLine(), 1), "%s, line %d: the header's column %d %s",
                        file.name(), text.rowLine(), fields.size() + 1,
                        name.isEmpty() ? "has no name" : "has the name '" + name + "' of another column");
                }
                fields.add(new Field(name, ScalarType.STRING));
            }
            return new Schema(fields);
        }

        private static Schema numbered(int count) {
            List<Field> fields = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                fields.add(new Field("Prop_" + i, ScalarType.STRING));
            }
            return new Schema(fields);
        }

        private RuntimeException failed(IOException cause) {
            return failure(CommonError.IO_ERROR, "%s cannot be read: %s", file.name(), cause.getMessage(), cause);
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public boolean next() {
            try {
                while (true) {
                    values = ahead == null ? text.next() : ahead;
                    ahead = null;
                    row++;
                    String reason = values == null ? null : reason();
                    if (reason == null) {
                        return values != null;
                    }
                    badRows.accept(new BadRow(file, text.rowLine(), row, values, reason));
                }
            } catch (IOException e) {
                throw failed(e);
            }
        }

        private String reason() {
            if (text.defect() != null) {
                return "bad data: " + text.defect();
            }
            return values.size() > schema.size() && !dropsExtraValues
                ? "found more columns (" + values.size() + ") than expected column count " + schema.size() : null;
        }

        @Override
        public Object value(int column) {
            String value = column < values.size() ? values.get(column) : null;
            return value == null || value.equals(nullValue) ? null : value;
        }

        @Override
        public void close() {
            try {
                reader.close();
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }
}
