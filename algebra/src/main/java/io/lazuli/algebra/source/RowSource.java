package io.lazuli.algebra.source;

import io.lazuli.algebra.type.Schema;

/** Rows that Java code produces: a REST endpoint, a JDBC query, a file format that the engine lacks. */
public non-sealed interface RowSource extends Source {
    /** Known before the first row is read. */
    Schema schema();

    /** Starts reading from the beginning; an engine may call it more than once, and closes each cursor. */
    RowCursor open();
}
