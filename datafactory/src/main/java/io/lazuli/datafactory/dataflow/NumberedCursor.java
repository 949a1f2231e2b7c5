package io.lazuli.datafactory.dataflow;

import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.Schema;
import java.util.Arrays;

/** Rows whose last column is their number, which is kept aside: those who read them see the other columns. */
final class NumberedCursor implements RowCursor {
    private final RowCursor rows;
    private final Schema schema;
    private long[] numbers = new long[1024];
    private int count;

    NumberedCursor(RowCursor rows) {
        this.rows = rows;
        this.schema = new Schema(rows.schema().fields().subList(0, rows.schema().size() - 1));
    }

    /** The number of a row that was read, by its place from 0. */
    long number(long place) {
        return numbers[Math.toIntExact(place)];
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public boolean next() {
        if (!rows.next()) {
            return false;
        }
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = (Long) rows.value(schema.size());
        return true;
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
