package io.lazuli.datafactory.connector.sql;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.languages.tsql.session.BatchResult;
import java.util.Collection;

/** A database that runs scripts. Thread-safe. */
public interface SqlDatabase {
    /**
     * Runs a script in a session of its own.
     *
     * <p>Statements take effect one by one unless the script begins a transaction; one that fails ends the script. With an effect key, a
     * local database runs each statement once: what was committed before an interruption is not run again, and a script that had come to
     * its end gives the result that it had.
     *
     * @throws io.lazuli.foundation.LazuliException with SQL Server's number in its code, see {@code SqlFailures}
     */
    BatchResult run(SqlBatch batch, Execution execution);

    /** A table's name as scripts of this database write it. */
    String name(SqlTableName table);

    /** A script that calls a procedure; its parameters have the names of the variables, which begin with {@code @}. */
    String call(String procedure, Collection<String> variables);
}
