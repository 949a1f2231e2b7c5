package io.lazuli.engine.spark;

import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.Schema;
import java.util.Iterator;
import org.apache.spark.sql.Row;

/** Rows as Spark's jobs give them, one part of the result after another. */
final class SparkCursor implements RowCursor {
    private final Schema schema;
    private final Iterator<Row> rows;
    private Row row;

    SparkCursor(Schema schema, Iterator<Row> rows) {
        this.schema = schema;
        this.rows = rows;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public boolean next() {
        try {
            boolean more = rows.hasNext();
            row = more ? rows.next() : null;
            return more;
        } catch (Exception e) {
            throw SparkErrors.translate(e);
        }
    }

    @Override
    public Object value(int column) {
        if (row.isNullAt(column)) {
            return null;
        }
        return schema.fields().get(column).type() instanceof ArrayType ? row.getList(column) : row.get(column);
    }

    /** Spark ends a job when its rows are read or its group is cancelled. */
    @Override
    public void close() {
        row = null;
    }
}
