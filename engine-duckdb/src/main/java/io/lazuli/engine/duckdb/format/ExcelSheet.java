package io.lazuli.engine.duckdb.format;

import java.util.Iterator;
import java.util.Map;

/** The rows of one worksheet that have cells, from the top. Closing it closes the workbook. */
interface ExcelSheet extends AutoCloseable {
    Iterator<Row> rows();

    @Override
    void close();

    /**
     * A row.
     *
     * @param number from 0
     * @param texts the values that are not empty, by column from 0
     */
    record Row(int number, Map<Integer, String> texts) {
    }
}
