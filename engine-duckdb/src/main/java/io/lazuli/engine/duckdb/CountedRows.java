package io.lazuli.engine.duckdb;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.Schema;

/** Rows that are counted while they are read; whoever watches hears of it now and then. */
final class CountedRows implements RowCursor {
    private static final long REPORT_NANOS = 500_000_000;

    private final RowCursor rows;
    private final Execution execution;
    private long reported = System.nanoTime();
    private long count;

    CountedRows(RowCursor rows, Execution execution) {
        this.rows = rows;
        this.execution = execution;
    }

    long count() {
        return count;
    }

    @Override
    public Schema schema() {
        return rows.schema();
    }

    @Override
    public boolean next() {
        boolean found = rows.next();
        count += found ? 1 : 0;
        if (!found || (count & 0xFFF) == 0 && System.nanoTime() - reported > REPORT_NANOS) {
            execution.progress(count, 0);
            reported = System.nanoTime();
        }
        return found;
    }

    @Override
    public Object value(int column) {
        return rows.value(column);
    }

    @Override
    public void close() {
        rows.close();
    }
}
