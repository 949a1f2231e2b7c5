package io.lazuli.engine.duckdb.format;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.Schema;
import io.lazuli.files.FileRows;
import io.lazuli.files.TypeUnion;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** Reads Avro container files, in whatever codec they are. A file whose schema is no record has one column, {@code value}. */
final class AvroReader implements FormatReader {
    @Override
    public Schema describe(List<SourceFile> files, FileFormat format) {
        List<Schema> schemas = new ArrayList<>();
        for (SourceFile file : files) {
            try (Cursor cursor = new Cursor(file)) {
                schemas.add(cursor.schema());
            }
        }
        return TypeUnion.of(schemas);
    }

    @Override
    public RowSource rows(List<SourceFile> files, FileFormat format, Schema columns, Optional<String> pathColumn) {
        return new FileRows(files, columns, pathColumn, Cursor::new);
    }

    private static final class Cursor implements RowCursor {
        private final SourceFile file;
        private final DataFileReader<Object> reader;
        private final org.apache.avro.Schema own;
        private final boolean record;
        private final Schema schema;
        private Object current;
        private long row;

        Cursor(SourceFile file) {
            this.file = file;
            try {
                // A generic model of our own: the shared one may have conversions that other code registered.
                GenericData plain = new GenericData();
                plain.setFastReaderEnabled(true);
                reader = new DataFileReader<>(file.path().toFile(), new GenericDatumReader<>(null, null, plain));
            } catch (NoSuchFileException | java.io.FileNotFoundException e) {
                throw failure(CommonError.NOT_FOUND, "%s does not exist", file.name(), e);
            } catch (IOException | AvroRuntimeException e) {
                throw malformed(e);
            }
            own = reader.getSchema();
            record = own.getType() == org.apache.avro.Schema.Type.RECORD;
            schema = record ? AvroTypes.columns(own) : Schema.of(new io.lazuli.algebra.type.Field("value", AvroTypes.type(own)));
        }

        private LazuliException malformed(Exception cause) {
            return failure(AlgebraError.MALFORMED_DATA, "%s, record %d: not a readable Avro file: %s", file.name(), row + 1,
                cause.getMessage(), cause);
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public boolean next() {
            try {
                if (!reader.hasNext()) {
                    return refuseEarlyEnd();
                }
                current = reader.next(current);
                row++;
                return true;
            } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
                throw malformed(e);
            }
        }

        /** The library takes a file that is cut off for one that ends with its last whole block. */
        private boolean refuseEarlyEnd() throws IOException {
            if (reader.previousSync() < Files.size(file.path())) {
                throw malformed(new EOFException("it ends within a block"));
            }
            return false;
        }

        @Override
        public Object value(int column) {
            return record ? AvroValues.value(((GenericRecord) current).get(column), own.getFields().get(column).schema())
                : AvroValues.value(current, own);
        }

        @Override
        public void close() {
            try {
                reader.close();
            } catch (IOException e) {
                throw failure(CommonError.IO_ERROR, "%s cannot be closed: %s", file.name(), e.getMessage(), e);
            }
        }
    }
}
