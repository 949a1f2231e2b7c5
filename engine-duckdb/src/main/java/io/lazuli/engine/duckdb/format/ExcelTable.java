package io.lazuli.engine.duckdb.format;

import io.lazuli.algebra.source.ExcelFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Where the table stands on a sheet, and what its columns are called: as the header says, else {@code Prop_0}, {@code Prop_1}, ….
 * Rows without a value are left out unless the range is fixed.
 *
 * @param firstRow the first row of data, from 0
 */
record ExcelTable(Schema columns, int firstRow, int firstColumn, ExcelRange range, String nullValue) {
    /** Reads as much of the sheet as tells the columns: its header, or all rows when there is none. */
    static ExcelTable locate(Supplier<ExcelSheet> opening, ExcelFormat format) {
        ExcelRange range = ExcelRange.parse(format.range());
        int left = range.anywhere() ? Integer.MAX_VALUE : range.firstColumn();
        int right = range.fixed() ? range.lastColumn() : -1;
        int top = range.fixed() ? range.firstRow() : -1;
        Map<Integer, String> header = Map.of();
        try (ExcelSheet sheet = opening.get()) {
            Iterator<ExcelSheet.Row> rows = sheet.rows();
            while (rows.hasNext()) {
                ExcelSheet.Row row = rows.next();
                TreeMap<Integer, String> inside = new TreeMap<>(row.texts());
                inside.keySet().removeIf(column -> column < range.firstColumn() || column > range.lastColumn());
                if (row.number() < range.firstRow() || row.number() > range.lastRow() || inside.isEmpty()) {
                    continue;
                }
                top = top < 0 ? row.number() : top;
                left = range.anywhere() ? Math.min(left, inside.firstKey()) : left;
                right = range.fixed() ? right : Math.max(right, inside.lastKey());
                if (format.header()) {
                    header = row.number() == top ? inside : header;
                    break;
                }
            }
        }
        boolean empty = right < left;
        Schema columns = empty ? new Schema(List.of()) : columns(left, right, header);
        return new ExcelTable(columns, format.header() ? top + 1 : Math.max(top, 0), empty ? 0 : left, range, format.nullValue());
    }

    private static Schema columns(int left, int right, Map<Integer, String> header) {
        List<Field> fields = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int column = left; column <= right; column++) {
            String name = header.getOrDefault(column, "Prop_" + (column - left));
            String unique = name;
            for (int i = 1; !taken.add(unique); i++) {
                unique = name + i;
            }
            fields.add(new Field(unique, ScalarType.STRING));
        }
        return new Schema(fields);
    }

    /** The rows of data; closing the cursor closes the sheet. */
    RowCursor rows(ExcelSheet sheet) {
        return new Cursor(sheet);
    }

    private final class Cursor implements RowCursor {
        private final ExcelSheet sheet;
        private final Iterator<ExcelSheet.Row> rows;
        private ExcelSheet.Row ahead;
        private Map<Integer, String> texts = Map.of();
        private int number = firstRow - 1;

        Cursor(ExcelSheet sheet) {
            this.sheet = sheet;
            this.rows = sheet.rows();
        }

        @Override
        public Schema schema() {
            return columns;
        }

        @Override
        public boolean next() {
            number++;
            while (number <= range.lastRow()) {
                while ((ahead == null || ahead.number() < number) && rows.hasNext()) {
                    ahead = rows.next();
                }
                boolean found = ahead != null && ahead.number() == number;
                texts = found ? ahead.texts() : Map.of();
                if (range.fixed() || found && hasValue()) {
                    return true;
                }
                if (ahead == null || ahead.number() < number) {
                    return false;
                }
                number = Math.max(number + 1, ahead.number());
            }
            return false;
        }

        private boolean hasValue() {
            return texts.keySet().stream().anyMatch(column -> column >= firstColumn && column < firstColumn + columns.size());
        }

        @Override
        public Object value(int column) {
            String text = texts.get(firstColumn + column);
            return text == null || text.equals(nullValue) ? null : text;
        }

        @Override
        public void close() {
            sheet.close();
        }
    }
}
