package io.lazuli.datafactory.copy;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.Command;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.RowCursor;

/** A session within whose transaction a script runs: what the script commits counts when the copy's transaction does. */
record JoinedSession(Session session) implements Session {
    @Override
    public Catalog catalog(String database) {
        return session.catalog(database);
    }

    @Override
    public RowCursor query(Plan plan, Execution execution) {
        return session.query(plan, execution);
    }

    @Override
    public long execute(Command command, Execution execution) {
        return session.execute(command, execution);
    }

    @Override
    public void begin() {
        // The copy's transaction is under way.
    }

    @Override
    public void commit() {
        // The copy commits.
    }

    @Override
    public void rollback() {
        // A script that fails fails the copy, which rolls back.
    }

    @Override
    public void close() {
        // Whoever opened the session closes it.
    }
}
