package io.lazuli.files;

import io.lazuli.algebra.source.DelimitedFormat;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits text into rows of values, as the Copy activity does:
 * a value is quoted when the quote is its first character; within quotes the escape makes a quote or itself plain and stands for itself
 * elsewhere; without a quote character the escape makes a delimiter or itself plain; lines without a character are no rows.
 */
final class DelimitedText {
    private static final int END = -1;

    private final CharacterSource text;
    private final String delimiter;
    private final int quote;
    private final int escape;
    private final String rowDelimiter;
    private final boolean multiline;
    private final StringBuilder value = new StringBuilder();
    private long rowLine;
    private String defect;

    DelimitedText(Reader reader, DelimitedFormat format) {
        this.text = new CharacterSource(reader);
        this.delimiter = format.delimiter();
        this.quote = format.quote().isEmpty() || delimiter.isEmpty() ? END : format.quote().charAt(0);
        this.escape = format.escape().isEmpty() ? END : format.escape().charAt(0);
        this.rowDelimiter = format.rowDelimiter();
        this.multiline = format.multiline();
    }

    /** Skips lines that have characters, and the empty ones before them. */
    void skip(int lines) throws IOException {
        for (int skipped = 0; skipped < lines && text.peek() != END;) {
            boolean empty = true;
            while (text.peek() != END && !endsRow()) {
                text.take();
                empty = false;
            }
            skipped += empty ? 0 : 1;
        }
    }

    /** The next row's values, in a new list, or null after the last. */
    List<String> next() throws IOException {
        while (true) {
            rowLine = text.line();
            defect = null;
            if (text.peek() == END) {
                return null;
            }
            if (!endsRow()) {
                return values();
            }
        }
    }

    /** The line on which the last row begins, from 1. */
    long rowLine() {
        return rowLine;
    }

    /** What is wrong with the last row's text, or null. */
    String defect() {
        return defect;
    }

    private List<String> values() throws IOException {
        List<String> values = new ArrayList<>();
        while (true) {
            value.setLength(0);
            if (quote != END && text.peek() == quote) {
                quoted();
            }
            boolean last = plain();
            values.add(value.toString());
            if (last) {
                return values;
            }
        }
    }

    /** Reads to the end of the quotes, and leaves what follows them. */
    private void quoted() throws IOException {
        long line = text.line();
        text.take();
        while (true) {
            int next = text.peek();
            if (next == END || !multiline && (next == '\n' || next == '\r')) {
                defect = "a quote that opens on line " + line + " is not closed";
                return;
            }
            text.take();
            if (next == escape && (text.peek() == quote || text.peek() == escape)) {
                value.append((char) text.take());
            } else if (next == quote) {
                int after = text.peek();
                if (after != END && !text.startsWith(delimiter) && !startsRowDelimiter()) {
                    defect = "text follows the closing quote of a value";
                }
                return;
            } else {
                value.append((char) next);
            }
        }
    }

    /** Reads to the end of the value and over the delimiter; true when the row ends there. */
    private boolean plain() throws IOException {
        while (true) {
            int next = text.peek();
            if (next == END || endsRow()) {
                return true;
            }
            if (!delimiter.isEmpty() && text.startsWith(delimiter)) {
                text.take(delimiter.length());
                return false;
            }
            text.take();
            if (quote == END && next == escape && (text.peek() == escape || !delimiter.isEmpty() && text.startsWith(delimiter))) {
                next = text.take();
            }
            value.append((char) next);
        }
    }

    private boolean startsRowDelimiter() throws IOException {
        return rowDelimiter.isEmpty() ? text.peek() == '\n' || text.peek() == '\r' : text.startsWith(rowDelimiter);
    }

    /** Takes a row delimiter if one is next. */
    private boolean endsRow() throws IOException {
        if (!startsRowDelimiter()) {
            return false;
        }
        boolean pair = rowDelimiter.isEmpty() && text.startsWith("\r\n");
        text.take(pair ? 2 : Math.max(1, rowDelimiter.length()));
        return true;
    }
}
