package io.lazuli.engine.duckdb;

import io.lazuli.algebra.engine.Execution;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBPreparedStatement;

/** Stops a statement when its execution is cancelled, and no other statement after it has ended. */
final class Cancellation {
    private final DuckDBPreparedStatement statement;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean finished;

    Cancellation(DuckDBPreparedStatement statement, Execution execution) {
        this.statement = statement;
        execution.onCancel(this::cancel);
    }

    private void cancel() {
        lock.lock();
        try {
            if (!finished) {
                statement.cancel();
            }
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e, text -> text);
        } finally {
            lock.unlock();
        }
    }

    void finish() {
        lock.lock();
        try {
            finished = true;
        } finally {
            lock.unlock();
        }
    }
}
