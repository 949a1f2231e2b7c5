package io.lazuli.engine.duckdb.rows;

import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.Schema;
import io.lazuli.engine.duckdb.render.SqlNames;
import java.sql.SQLException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;

/** Rows of a statement that streams its result chunk by chunk. */
public final class ChunkCursor implements RowCursor {
    private final Schema schema;
    private final ColumnReader[] readers;
    private final DuckDBReadableVector[] vectors;
    private final DuckDBChunkedResult result;
    private final Function<Exception, RuntimeException> failures;
    private final Runnable check;
    private final Runnable atEnd;
    private long row = -1;
    private long rows;
    private boolean closed;

    /**
     * Starts the statement, whose text {@link #select} made.
     *
     * @param failures translates what the driver throws
     * @param check fails when the rows that come are not to be relied on; called for each portion of them, and where they end
     * @param atEnd called once when the cursor is closed
     */
    public ChunkCursor(DuckDBPreparedStatement statement, Schema schema, Function<Exception, RuntimeException> failures,
        Runnable check, Runnable atEnd) throws SQLException {
        this.schema = schema;
        this.readers = schema.fields().stream().map(field -> ColumnReader.of(field.type())).toArray(ColumnReader[]::new);
        this.vectors = new DuckDBReadableVector[readers.length];
        this.failures = failures;
        this.check = check;
        this.atEnd = atEnd;
        this.result = statement.query();
    }

    /** The query's columns in the form that a cursor reads. {@code order} of the query is kept. */
    public static String select(String query, Schema schema) {
        List<String> names = SqlNames.of(schema);
        String list = IntStream.range(0, names.size())
            .mapToObj(i -> Transport.out("q." + SqlNames.quote(names.get(i)), schema.fields().get(i).type())
                + " AS " + SqlNames.quote(names.get(i)))
            .collect(Collectors.joining(", "));
        return "SELECT " + (list.isEmpty() ? "true" : list) + " FROM (" + query + ") AS q";
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public boolean next() {
        if (closed) {
            return false;
        }
        while (++row >= rows) {
            if (!nextChunk()) {
                row = rows;
                return false;
            }
        }
        return true;
    }

    private boolean nextChunk() {
        try {
            boolean more = result.nextChunk();
            check.run();
            if (!more) {
                return false;
            }
            DuckDBDataChunkReader chunk = result.chunk();
            row = -1;
            rows = chunk.rowCount();
            for (int i = 0; i < vectors.length; i++) {
                vectors[i] = chunk.vector(i);
            }
            return true;
        } catch (RuntimeException e) {
            throw failures.apply(e);
        }
    }

    @Override
    public Object value(int column) {
        if (row < 0 || row >= rows) {
            throw new NoSuchElementException("No row before next() or after the last one");
        }
        DuckDBReadableVector vector = vectors[column];
        return vector.isNull(row) ? null : readers[column].read(vector, row);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                result.close();
            } catch (SQLException e) {
                throw failures.apply(e);
            } finally {
                atEnd.run();
            }
        }
    }
}
