package io.lazuli.engine.duckdb;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.foundation.CommonError;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBPreparedStatement;

/** Stops a statement when its execution is cancelled, and no other statement after it has ended. */
final class Cancellation {
    private static final long PAUSE_MILLIS = 50;

    private final DuckDBPreparedStatement statement;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private boolean finished;
    private boolean cancelled;

    Cancellation(DuckDBPreparedStatement statement, Execution execution) {
        this.statement = statement;
        execution.onCancel(this::cancel);
    }

    private void cancel() {
        lock.lock();
        try {
            if (!finished && !cancelled) {
                cancelled = true;
                Thread.ofVirtual().name("cancel-query").start(this::interruptUntilItEnds);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A statement that is about to begin, or waits to be asked for more rows, does not hear that it is interrupted. */
    private void interruptUntilItEnds() {
        lock.lock();
        try {
            while (!finished) {
                statement.cancel();
                ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e, text -> text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Fails with {@code CANCELLED} when the execution was cancelled before the statement ended: one that ends before it is interrupted
     * gives rows that may not be all.
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
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
