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
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;

/** Reads ORC files, in whatever codec they are. A file whose schema is no struct is refused. */
final class OrcReader implements FormatReader {
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
        private final Reader reader;
        private final RecordReader rows;
        private final TypeDescription own;
        private final Schema schema;
        private final VectorizedRowBatch batch;
        private int row = -1;

        Cursor(SourceFile file) {
            this.file = file;
            try {
                Configuration configuration = OrcFiles.configuration();
                reader = OrcFile.createReader(OrcFiles.path(file.path()),
                    OrcFile.readerOptions(configuration)
                    .filesystem(OrcFiles.fileSystem(configuration)).useUTCTimestamp(true).convertToProlepticGregorian(true));
                own = reader.getSchema();
                if (own.getCategory() != TypeDescription.Category.STRUCT) {
                    throw failure(CommonError.NOT_SUPPORTED, "%s: an ORC file of type '%s' has no columns", file.name(), own);
                }
                schema = OrcTypes.columns(own);
                rows = reader.rows(reader.options());
                batch = own.createRowBatch();
            } catch (FileNotFoundException e) {
                throw failure(CommonError.NOT_FOUND, "%s does not exist", file.name(), e);
            } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
                throw malformed(e);
            }
        }

        private LazuliException malformed(Exception cause) {
            return failure(AlgebraError.MALFORMED_DATA, "%s is not a readable ORC file: %s", file.name(), cause.getMessage(), cause);
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public boolean next() {
            try {
                if (++row < batch.size) {
                    return true;
                }
                row = 0;
                return rows.nextBatch(batch);
            } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
                throw malformed(e);
            }
        }

        @Override
        public Object value(int column) {
            return OrcVectors.get(batch.cols[column], own.getChildren().get(column), row);
        }

        @Override
        public void close() {
            try {
                rows.close();
                reader.close();
            } catch (IOException e) {
                throw failure(CommonError.IO_ERROR, "%s cannot be closed: %s", file.name(), e.getMessage(), e);
            }
        }
    }
}
