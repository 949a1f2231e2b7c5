package io.lazuli.algebra.engine;

import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.Source;
import io.lazuli.algebra.type.Schema;

/** Runs plans. Thread-safe; sessions are not. */
public interface Engine extends AutoCloseable {
    /** Reads what is needed of a source to know its columns; {@code MALFORMED_DATA} or {@code NOT_FOUND} when it cannot. */
    Schema describe(Source source);

    /** Opens a session; the caller closes it. */
    Session open();

    /** Runs a plan once and keeps its rows, in their order, for other plans; the caller closes what it gets. */
    Kept keep(Plan plan, Execution execution);

    /** Rows that an engine holds, in memory or, where they are many, on disk. */
    interface Kept extends AutoCloseable {
        /** Reads the rows; its schema is that of the plan that made them. */
        Plan plan();

        /** The number of rows. */
        long count();

        /** Forgets the rows. */
        @Override
        void close();
    }

    /** The engine's text of a plan, for people. */
    String explain(Plan plan);

    @Override
    void close();
}
