package io.lazuli.datafactory.connector.sql;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.tsql.session.BatchResult;
import io.lazuli.languages.tsql.session.Steps;
import io.lazuli.languages.tsql.session.TsqlSession;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * A database of the engine, which runs T-SQL.
 *
 * <p>Scripts that may write run one after another: SQL Server lets writers of the same rows wait for each other, the engine would fail
 * one of them.
 */
final class LocalSqlDatabase implements SqlDatabase {
    private final SqlDatabases databases;
    private final String database;

    LocalSqlDatabase(SqlDatabases databases, String database) {
        this.databases = databases;
        this.database = database;
    }

    @Override
    public BatchResult run(SqlBatch batch, Execution execution) {
        try (Session session = databases.session(database)) {
            String identity = batch.effectKey().map(LocalSqlDatabase::identity).orElseGet(() -> UUID.randomUUID().toString());
            if (onlyReads(batch, session, execution)) {
                return run(batch, Steps.UNRECORDED, identity, session, execution);
            }
            ReentrantLock writer = databases.writer(database);
            writer.lock();
            try {
                return batch.effectKey().isPresent() ? once(batch, batch.effectKey().get(), session, execution)
                    : run(batch, Steps.UNRECORDED, identity, session, execution);
            } finally {
                writer.unlock();
            }
        }
    }

    /** One query without variables: it can wait for nobody, and change nothing. */
    private boolean onlyReads(SqlBatch batch, Session session, Execution execution) {
        if (!batch.parameters().isEmpty()) {
            return false;
        }
        try (TsqlSession sql = databases.sql(session, database, Steps.UNRECORDED, "read", execution, 0)) {
            return sql.query(batch.text()).isPresent();
        }
    }

    private BatchResult once(SqlBatch batch, String key, Session session, Execution execution) {
        RecordedSteps steps = RecordedSteps.load(session, database, key);
        Optional<BatchResult> before = steps.result();
        if (before.isPresent()) {
            return before.get();
        }
        try {
            BatchResult result = run(batch, steps, identity(key), session, execution);
            steps.finish(result);
            return result;
        } catch (LazuliException failure) {
            // The script came to its end, if a bad one: another attempt begins anew.
            steps.forget();
            throw failure;
        }
    }

    private BatchResult run(SqlBatch batch, Steps steps, String identity, Session session, Execution execution) {
        try (TsqlSession sql = databases.sql(session, database, steps, identity, execution, batch.rowLimit())) {
            return sql.run(batch.text(), batch.parameters());
        }
    }

    private static String identity(String key) {
        return HexFormat.of().toHexDigits(key.hashCode());
    }

    @Override
    public String name(SqlTableName table) {
        return table.quoted();
    }

    @Override
    public String call(String procedure, Collection<String> variables) {
        return "EXEC " + SqlTableName.bracketed(procedure)
            + variables.stream().map(name -> " " + name + " = " + name).collect(Collectors.joining(","));
    }
}
