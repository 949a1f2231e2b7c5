package io.lazuli.files;

import io.lazuli.algebra.source.SourceFile;
import java.util.List;

/**
 * A row that a reader left out because it could not be read.
 *
 * @param line the line in the file on which the row begins, from 1
 * @param row which row of data it is, from 1; the header is not counted
 * @param values the values as far as they were read
 * @param reason one sentence
 */
public record BadRow(SourceFile file, long line, long row, List<String> values, String reason) {
    public BadRow {
        values = List.copyOf(values);
    }
}
