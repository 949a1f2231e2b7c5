package io.lazuli.algebra.source;

/**
 * Text with a delimiter between columns. All columns are read as strings; without a header they are {@code Prop_0}, {@code Prop_1}, ….
 *
 * @param delimiter one or more characters; empty when a line is one column
 * @param quote the quote character, empty for none
 * @param escape the character that makes the next quote (or itself) plain text; equal to {@code quote} for doubled quotes, empty for none
 * @param rowDelimiter between rows; when empty, reading takes {@code \r\n}, {@code \n} and {@code \r}, and writing uses {@code \r\n}
 * @param nullValue the text that stands for null
 * @param encoding a Java charset name
 * @param skipLines lines before the header or first row
 * @param multiline whether a quoted value may contain line breaks
 * @param quoteAll whether writing quotes every value
 * @param dropsExtraValues whether reading leaves out what a row has beyond the columns, instead of failing
 * @param leastColumns how many columns a file without a header has at least, however short its first row
 */
public record DelimitedFormat(
    String delimiter, String quote, String escape, String rowDelimiter, boolean header, String nullValue, String encoding, int skipLines,
    boolean multiline, boolean quoteAll, Compression compression, boolean dropsExtraValues, int leastColumns) implements FileFormat {
    /** Rows with more values than columns fail. */
    public DelimitedFormat(
        String delimiter, String quote, String escape, String rowDelimiter, boolean header, String nullValue, String encoding,
        int skipLines, boolean multiline, boolean quoteAll, Compression compression) {
        this(delimiter, quote, escape, rowDelimiter, header, nullValue, encoding, skipLines, multiline, quoteAll, compression, false, 0);
    }

    public DelimitedFormat droppingExtraValues() {
        return new DelimitedFormat(delimiter, quote, escape, rowDelimiter, header, nullValue, encoding, skipLines, multiline, quoteAll,
            compression, true, leastColumns);
    }

    public DelimitedFormat withLeastColumns(int count) {
        return new DelimitedFormat(delimiter, quote, escape, rowDelimiter, header, nullValue, encoding, skipLines, multiline, quoteAll,
            compression, dropsExtraValues, count);
    }
}
