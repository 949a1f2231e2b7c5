package io.lazuli.storage.query;

import java.io.IOException;

/** Writes the rows of an answer, one after another. */
interface RowWriter {
    /** Writes the row that the rows stand at. */
    void row(BlobQuery.Rows rows) throws IOException;

    /** Writes what is left; no row follows. */
    void end() throws IOException;
}
