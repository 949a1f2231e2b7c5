package io.lazuli.datafactory.copy;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.type.Schema;

/** A plan's rows in parts of so many rows, each a plan of its own that is run once and in turn. */
final class RowParts implements AutoCloseable {
    private final Session session;
    private final RowCursor rows;
    private final int size;
    private boolean more;

    RowParts(Engine engine, Plan plan, int size, Execution execution) {
        this.size = size;
        this.session = engine.open();
        RowCursor cursor;
        try {
            cursor = session.query(plan, execution);
            this.more = cursor.next();
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
        this.rows = cursor;
    }

    /** Whether rows are left. */
    boolean more() {
        return more;
    }

    Plan next() {
        return new Scan(new Part(), rows.schema());
    }

    @Override
    public void close() {
        try (session; rows) {
            more = false;
        }
    }

    private final class Part implements RowSource {
        @Override
        public Schema schema() {
            return rows.schema();
        }

        @Override
        public RowCursor open() {
            return new PartCursor();
        }
    }

    /** Stands on the row before its first: the shared cursor is already one row ahead. */
    private final class PartCursor implements RowCursor {
        private int read;
        private boolean ended;

        @Override
        public Schema schema() {
            return rows.schema();
        }

        @Override
        public boolean next() {
            if (ended) {
                return false;
            }
            if (read > 0) {
                more = more && rows.next();
            }
            ended = !more || read++ >= size;
            return !ended;
        }

        @Override
        public Object value(int column) {
            return rows.value(column);
        }

        @Override
        public void close() {
        }
    }
}
