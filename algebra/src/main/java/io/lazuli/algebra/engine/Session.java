package io.lazuli.algebra.engine;

import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.RowCursor;

/** One connection to an engine: statements one after another, used by one thread at a time. */
public interface Session extends AutoCloseable {
    /** The tables of a database, which is created empty on first use. */
    Catalog catalog(String database);

    /** Runs a plan; rows stream while the cursor is read. */
    RowCursor query(Plan plan, Execution execution);

    /** Runs a command whole or not at all and gives the number of rows that it wrote, changed or removed. */
    long execute(Command command, Execution execution);

    /** Starts a transaction; commands until {@link #commit} take effect together. They may write to one database. */
    void begin();

    void commit();

    void rollback();

    /** Closes the session; a transaction under way is rolled back. */
    @Override
    void close();
}
