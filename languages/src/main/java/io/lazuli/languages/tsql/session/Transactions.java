package io.lazuli.languages.tsql.session;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Session;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.type.SqlError;
import java.util.function.LongSupplier;

/** Transactions as T-SQL counts them: BEGIN nests, the outermost COMMIT commits, ROLLBACK ends all. */
final class Transactions {
    private final Session session;
    private final Steps steps;
    private int depth;
    private boolean open;
    /** Something in the transaction failed: the engine has undone it, and only ROLLBACK goes on from here. */
    private boolean doomed;
    private boolean adopted;

    Transactions(Session session, Steps steps) {
        this.session = session;
        this.steps = steps;
    }

    /** Makes the session's transaction, which the caller began and commits, the one that everything is part of. */
    void adopt() {
        adopted = true;
        depth = 1;
        open = true;
    }

    int depth() {
        return depth;
    }

    /** 1 in a transaction, -1 in one that cannot be committed, 0 in none. */
    int state() {
        return depth == 0 ? 0 : doomed ? -1 : 1;
    }

    void begin() {
        depth++;
    }

    void commit(Place at) {
        if (depth == 0) {
            throw failure(SqlError.NO_TRANSACTION, at, "The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.");
        }
        requireUsable(at);
        if (--depth == 0 && open) {
            open = false;
            finish();
        }
    }

    void rollback(Place at) {
        if (depth == 0) {
            throw failure(SqlError.ROLLBACK_WITHOUT_BEGIN, at, "The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.");
        }
        abandon();
    }

    /** Undoes what was not committed. */
    void abandon() {
        if (adopted && open) {
            return;
        }
        depth = 0;
        doomed = false;
        if (open) {
            open = false;
            session.rollback();
        }
    }

    /** Starts the transaction that a read or write within BEGIN and COMMIT is part of. */
    void join() {
        if (depth > 0 && !open && !doomed) {
            session.begin();
            open = true;
        }
    }

    /** Runs a change: part of the transaction under way, else one of its own together with the record of its step. */
    long change(LongSupplier work) {
        requireUsable(Place.UNKNOWN);
        if (depth > 0) {
            join();
            return work.getAsLong();
        }
        session.begin();
        boolean done = false;
        try {
            long count = work.getAsLong();
            done = true;
            return count;
        } finally {
            open = true;
            if (!done) {
                failed();
            }
        }
    }

    /** Commits a change that stood alone, after its result has been recorded. */
    void settle() {
        if (depth == 0 && open) {
            open = false;
            finish();
        }
    }

    /** Tells that a statement failed. */
    void failed() {
        if (open) {
            open = false;
            doomed = depth > 0;
            session.rollback();
        }
    }

    private void requireUsable(Place at) {
        if (doomed) {
            throw failure(SqlError.DOOMED, at,
                "The current transaction cannot be committed and cannot support operations that write to the "
                + "log file. Roll back the transaction.");
        }
    }

    private void finish() {
        try {
            steps.save(session);
        } catch (RuntimeException failure) {
            session.rollback();
            throw failure;
        }
        session.commit();
    }
}
