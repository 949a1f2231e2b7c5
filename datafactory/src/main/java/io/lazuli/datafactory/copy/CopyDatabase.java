package io.lazuli.datafactory.copy;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** A SQL database, as far as a copy uses one. */
public interface CopyDatabase {
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

    /**
     * Calls a procedure, within the session's transaction, with rows as its table-valued parameter.
     *
     * @param rows gives the rows to insert into the table of the parameter's type
     * @return how many rows there were
     */
    long call(Session session, TableProcedure procedure, Function<Catalog.Table, Plan> rows);

    /**
     * A procedure that takes rows.
     *
     * @param type the table type's name
     * @param parameter the table-valued parameter's name, with or without {@code @}
     * @param others the other parameters as {@code storedProcedureParameters}
     */
    record TableProcedure(String name, String type, String parameter, JsonNode others) {
    }

    /** Runs T-SQL statements within the session's transaction. */
    void script(Session session, String text);
}
