package io.lazuli.datafactory.connector.delta;

import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.internal.data.DefaultRowBasedColumnarBatch;
import io.delta.kernel.engine.ParquetHandler;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import io.delta.kernel.utils.FileStatus;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The Parquet files of a table's log, read by the engine in batches, and written. */
final class CheckpointFiles implements ParquetHandler {
    private static final int BATCH_ROWS = 2048;
    private final Engine engine;

    CheckpointFiles(Engine engine) {
        this.engine = engine;
    }

    @Override
    public CloseableIterator<ColumnarBatch> readParquetFiles(
        CloseableIterator<FileStatus> files, StructType schema, Optional<Predicate> predicate) {
        return new Batches(files, schema);
    }

    @Override
    public CloseableIterator<DataFileStatus> writeParquetFiles(
        String folder, CloseableIterator<FilteredColumnarBatch> rows, List<Column> statistics) {
        throw new UnsupportedOperationException("Delta Kernel writes no data files here: " + folder);
    }

    @Override
    public void writeParquetFileAtomically(String path, CloseableIterator<FilteredColumnarBatch> rows) throws IOException {
        KernelRowSource source = new KernelRowSource(rows);
        AtomicFile.write(Path.of(path), false, part -> {
            try (Session session = engine.open()) {
                session.execute(new WriteFile(new Scan(source, source.schema()), new ParquetFormat("snappy"), part), Execution.UNWATCHED);
            }
        });
    }

    /** Rows of one file after the other; a column that a file has not is null. */
    private final class Batches implements CloseableIterator<ColumnarBatch> {
        private final CloseableIterator<FileStatus> files;
        private final StructType schema;
        private Session session;
        private RowCursor cursor;
        private ColumnarBatch next;

        Batches(CloseableIterator<FileStatus> files, StructType schema) {
            this.files = files;
            this.schema = schema;
        }

        @Override
        public boolean hasNext() {
            while (next == null && (cursor != null || files.hasNext())) {
                if (cursor == null) {
                    open(files.next());
                }
                List<Row> rows = new ArrayList<>();
                while (rows.size() < BATCH_ROWS && cursor.next()) {
                    rows.add(KernelRows.row(cursor, schema));
                }
                if (rows.size() < BATCH_ROWS) {
                    closeFile();
                }
                next = rows.isEmpty() ? null : new DefaultRowBasedColumnarBatch(schema, rows);
            }
            return next != null;
        }

        private void open(FileStatus file) {
            FileSource source = new FileSource(List.of(new SourceFile(Path.of(file.getPath()), file.getPath())),
                new ParquetFormat("snappy"), Optional.empty());
            List<Field> wanted = engine.describe(source).fields().stream()
                .filter(field -> schema.indexOf(field.name()) >= 0).toList();
            session = engine.open();
            cursor = session.query(new Scan(source, new Schema(wanted)), Execution.UNWATCHED);
        }

        @Override
        public ColumnarBatch next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            ColumnarBatch batch = next;
            next = null;
            return batch;
        }

        private void closeFile() {
            if (cursor != null) {
                cursor.close();
                session.close();
                cursor = null;
            }
        }

        @Override
        public void close() throws IOException {
            closeFile();
            files.close();
        }
    }
}
