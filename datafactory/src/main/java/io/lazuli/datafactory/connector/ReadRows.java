package io.lazuli.datafactory.connector;

import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.type.Schema;
import java.util.Iterator;
import java.util.List;

/** Rows that are in memory. */
public record ReadRows(Schema schema, List<List<Object>> rows) implements RowSource {
    @Override
    public RowCursor open() {
        Iterator<List<Object>> left = rows.iterator();
        return new RowCursor() {
            private List<Object> row;

            @Override
            public Schema schema() {
                return schema;
            }

            @Override
            public boolean next() {
                row = left.hasNext() ? left.next() : null;
                return row != null;
            }

            @Override
            public Object value(int column) {
                return row.get(column);
            }

            @Override
            public void close() {
            }
        };
    }
}
