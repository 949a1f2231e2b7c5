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

    /** The engine's text of a plan, for people. */
    String explain(Plan plan);

    @Override
    void close();
}
