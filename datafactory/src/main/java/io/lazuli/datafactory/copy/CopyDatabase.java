package io.lazuli.datafactory.copy;

import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;

/** A SQL database, as far as a copy uses one. */
interface CopyDatabase {
    /** The engine's name of the database. */
    String name();

    /** A session in which the database's tables are. The caller closes it. */
    Session open();

    /** What writers hold while they write. */
    ReentrantLock writer();

    /** A T-SQL query that reads: one {@code SELECT}. */
    Plan query(Session session, String text);

    /** A stored procedure whose last statement reads. */
    Plan procedure(Session session, String name, JsonNode parameters);

    /** Runs T-SQL statements within the session's transaction. */
    void script(Session session, String text);
}
