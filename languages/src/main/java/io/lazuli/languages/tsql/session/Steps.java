package io.lazuli.languages.tsql.session;

import io.lazuli.algebra.engine.Session;
import java.util.function.Supplier;

/**
 * The steps of a script: everything that it reads from or writes to the database, one after another.
 *
 * <p>A script that is run again after an interruption gives the steps that were committed the results that they had, without running
 * them. As everything else in a script follows from these results, it comes to the same place.
 */
public interface Steps {
    /** Steps that nobody remembers. */
    Steps UNRECORDED = new Steps() {
        @Override
        public Object run(Supplier<Object> work) {
            return work.get();
        }

        @Override
        public boolean isReplaying() {
            return false;
        }

        @Override
        public void save(Session session) {
        }
    };

    /** Runs a step, or gives the result that it had; a {@link BatchResult.ResultSet}, {@link BatchResult.Value}, Long or Boolean. */
    Object run(Supplier<Object> work);

    /** Whether the next step's result is known. */
    boolean isReplaying();

    /** Writes the results of all steps not yet written, as part of the session's transaction. */
    void save(Session session);
}
