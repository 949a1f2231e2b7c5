package io.lazuli.engine.spark;

import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.type.Schema;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows that Spark holds, in columns {@code c0}, {@code c1}, …; other engines read them one by one, by jobs of their own. */
record SparkRows(Schema schema, Dataset<Row> rows, JobGroup jobs) implements RowSource {
    @Override
    public RowCursor open() {
        jobs.enter();
        return new SparkCursor(schema, rows.toLocalIterator(), jobs, () -> { });
    }
}
