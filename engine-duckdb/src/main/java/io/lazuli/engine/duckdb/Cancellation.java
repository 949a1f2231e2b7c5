package io.lazuli.engine.duckdb;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.foundation.CommonError;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBPreparedStatement;

/** Stops a statement when its execution is cancelled, and no other statement after it has ended. */
final class Cancellation {
    private final DuckDBPreparedStatement statement;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean finished;
    private boolean cancelled;

    Cancellation(DuckDBPreparedStatement statement, Execution execution) {
        this.statement = statement;
        execution.onCancel(this::cancel);
    }

    private void cancel() {
        lock.lock();
        try {
            if (!finished) {
                cancelled = true;
                statement.cancel();
            }
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e, text -> text);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Fails with {@code CANCELLED} when the execution was cancelled before the statement ended: a statement that had not begun knows
     * nothing of it, nor does one that streams its rows and waits to be asked for more.
     */
    void requireNotCancelled() {
        lock.lock();
        try {
            if (cancelled) {
                throw failure(CommonError.CANCELLED, "The query was cancelled");
            }
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
