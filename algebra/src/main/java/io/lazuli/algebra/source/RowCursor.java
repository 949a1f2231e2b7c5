package io.lazuli.algebra.source;

import io.lazuli.algebra.type.Schema;

/** Rows one after another, read by one thread; whoever opened it closes it. */
public interface RowCursor extends AutoCloseable {
    Schema schema();

    /** Moves to the next row; false after the last. */
    boolean next();

    /** The current row's value in the column counted from 0, of the class that its type names, or null. */
    Object value(int column);

    @Override
    void close();
}
