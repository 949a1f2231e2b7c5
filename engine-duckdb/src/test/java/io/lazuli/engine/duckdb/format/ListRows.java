package io.lazuli.engine.duckdb.format;

import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.type.Schema;
import java.util.ArrayList;
import java.util.List;

/** Rows in memory as a cursor, and a source's rows in memory. */
final class ListRows implements RowCursor {
    private final Schema schema;
    private final List<List<Object>> rows;
    private int current = -1;

    ListRows(Schema schema, List<List<Object>> rows) {
        this.schema = schema;
        this.rows = rows;
    }

    static List<List<Object>> of(RowSource source) {
        List<List<Object>> rows = new ArrayList<>();
        try (RowCursor cursor = source.open()) {
            while (cursor.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 0; i < source.schema().size(); i++) {
                    row.add(cursor.value(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public boolean next() {
        return ++current < rows.size();
    }

    @Override
    public Object value(int column) {
        return rows.get(current).get(column);
    }

    @Override
    public void close() {
    }
}
