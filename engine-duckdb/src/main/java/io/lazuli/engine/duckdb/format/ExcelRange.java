package io.lazuli.engine.duckdb.format;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which cells of a sheet are the table, rows and columns from 0.
 *
 * @param fixed whether the last row and column are given; else rows below and columns to the right belong to the table
 * @param anywhere whether the table begins at the first cell that has a value
 */
record ExcelRange(int firstRow, int firstColumn, int lastRow, int lastColumn, boolean fixed, boolean anywhere) {
    private static final Pattern RANGE =
        Pattern.compile("\\$?([A-Z]{1,3})\\$?([1-9][0-9]{0,6})(?::\\$?([A-Z]{1,3})\\$?([1-9][0-9]{0,6}))?");

    /** Reads {@code A3}, {@code A3:H10}, or null for the whole sheet; {@code INVALID_ARGUMENT} for anything else. */
    static ExcelRange parse(String text) {
        if (text == null || text.isBlank()) {
            return new ExcelRange(0, 0, Integer.MAX_VALUE, Integer.MAX_VALUE, false, true);
        }
        Matcher matcher = RANGE.matcher(text.trim().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw failure(CommonError.INVALID_ARGUMENT, "'%s' is no range of cells; expected one such as A3 or A3:H10", text);
        }
        int row = Integer.parseInt(matcher.group(2)) - 1;
        int column = column(matcher.group(1));
        if (matcher.group(3) == null) {
            return new ExcelRange(row, column, Integer.MAX_VALUE, Integer.MAX_VALUE, false, false);
        }
        int lastRow = Integer.parseInt(matcher.group(4)) - 1;
        int lastColumn = column(matcher.group(3));
        return new ExcelRange(Math.min(row, lastRow), Math.min(column, lastColumn), Math.max(row, lastRow), Math.max(column, lastColumn),
            true, false);
    }

    private static int column(String letters) {
        return letters.chars().reduce(0, (number, letter) -> number * 26 + letter - 'A' + 1) - 1;
    }
}
