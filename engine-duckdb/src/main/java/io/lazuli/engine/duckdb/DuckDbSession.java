package io.lazuli.engine.duckdb;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.Command;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.engine.duckdb.file.FileSources;
import io.lazuli.engine.duckdb.render.PlanRenderer;
import io.lazuli.engine.duckdb.render.SqlLiterals;
import io.lazuli.engine.duckdb.render.SqlNames;
import io.lazuli.engine.duckdb.render.SqlTypeParser;
import io.lazuli.engine.duckdb.rows.ChunkCursor;
import io.lazuli.foundation.NearestName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;

/**
 * One connection. A query outside a transaction runs on a connection of its own, so that other statements may run while its rows are read;
 * within a transaction its cursor must be closed before the next statement.
 */
final class DuckDbSession implements Session {
    private final DuckDBConnection connection;
    private final Supplier<DuckDBConnection> connections;
    private final Databases databases;
    private final FileSources files;
    private final Commands commands;
    private boolean inTransaction;

    DuckDbSession(DuckDBConnection connection, Supplier<DuckDBConnection> connections, Databases databases, DuckDbSettings settings) {
        this.connection = connection;
        this.connections = connections;
        this.databases = databases;
        this.files = new FileSources(settings.temporaryDirectory());
        this.commands = new Commands(this);
    }

    @Override
    public Catalog catalog(String database) {
        open(database);
        return new DuckDbCatalog(database, connection);
    }

    /** The quoted name of a database, which is opened. */
    String open(String database) {
        // Attaching is no part of a transaction under way, which could be rolled back.
        if (!inTransaction || databases.isOpen(database)) {
            return databases.open(database, connection);
        }
        try (DuckDBConnection other = connections.get()) {
            return databases.open(database, other);
        } catch (SQLException e) {
            throw translated(e, null);
        }
    }

    Catalog.Table requireTable(TableName name) {
        Catalog catalog = catalog(name.database());
        return catalog.table(name.schema(), name.name()).orElseThrow(() -> failure(AlgebraError.TABLE_NOT_FOUND,
            "Table '%s' does not exist in database '%s'%s", name, name.database(),
            NearestName.hint(name.toString(), catalog.tables().stream().map(TableName::toString).toList())));
    }

    /** The full quoted name of a table that exists, which is asked at an eighth of the price of the catalog's views. */
    String tableText(TableName name) {
        String text = open(name.database()) + "." + SqlNames.quote(name.schema()) + "." + SqlNames.quote(name.name());
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1 FROM pragma_table_info(" + SqlLiterals.string(text) + ") LIMIT 0");
            return text;
        } catch (SQLException e) {
            requireTable(name);
            throw translated(e, null);
        }
    }

    StatementSources sources(FileSources.Way way) {
        return new StatementSources(this::tableText, files, way);
    }

    DuckDBConnection connection() {
        return connection;
    }

    boolean inTransaction() {
        return inTransaction;
    }

    @Override
    public RowCursor query(Plan plan, Execution execution) {
        StatementSources sources = sources(FileSources.Way.EXACT);
        DuckDBConnection own = null;
        try {
            PlanRenderer renderer = new PlanRenderer(sources);
            String query = renderer.query(plan);
            String sql = renderer.with() + ChunkCursor.select(query, plan.schema());
            own = inTransaction ? connection : connections.get();
            return cursor(sql, plan.schema(), own, sources, execution);
        } catch (SQLException | RuntimeException e) {
            sources.close();
            close(own);
            throw translated(e, sources);
        }
    }

    private RowCursor cursor(String sql, Schema schema, DuckDBConnection own, StatementSources sources, Execution execution)
        throws SQLException {
        DuckDBPreparedStatement statement = own.prepare(sql);
        Cancellation cancellation = new Cancellation(statement, execution);
        try {
            cancellation.requireNotCancelled();
            return new ChunkCursor(statement, schema, e -> translated(e, sources), cancellation::requireNotCancelled, () -> {
                cancellation.finish();
                close(statement);
                sources.close();
                close(own);
            });
        } catch (SQLException | RuntimeException e) {
            cancellation.finish();
            close(statement);
            throw e;
        }
    }

    @Override
    public long execute(Command command, Execution execution) {
        return commands.execute(command, execution);
    }

    /** Runs one statement and gives the number of rows that it tells. */
    long run(String sql, StatementSources sources, Execution execution) {
        try (DuckDBPreparedStatement statement = connection.prepare(sql)) {
            Cancellation cancellation = new Cancellation(statement, execution);
            try {
                cancellation.requireNotCancelled();
                statement.execute();
                // It may have been cancelled before it knew.
                cancellation.requireNotCancelled();
                return Math.max(0, count(statement));
            } finally {
                cancellation.finish();
            }
        } catch (SQLException | RuntimeException e) {
            throw translated(e, sources);
        }
    }

    private static long count(DuckDBPreparedStatement statement) throws SQLException {
        return statement.getLargeUpdateCount();
    }

    RuntimeException translated(Exception e, StatementSources sources) {
        return sources == null ? DuckDbErrors.translate(e, text -> text)
            : sources.failure().orElseGet(() -> DuckDbErrors.translate(e, sources::named));
    }

    /** Columns of a query and single values, for those who describe files. */
    FileSources.Inspection inspection() {
        return new FileSources.Inspection() {
            @Override
            public Schema columns(String query) {
                return describe(query);
            }

            @Override
            public String value(String query) {
                return first(query);
            }
        };
    }

    private String first(String query) {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : null;
        } catch (SQLException e) {
            throw translated(e, null);
        }
    }

    private Schema describe(String query) {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("DESCRIBE " + query)) {
            List<Field> fields = new ArrayList<>();
            while (row.next()) {
                fields.add(new Field(row.getString(1), SqlTypeParser.parse(row.getString(2))));
            }
            return new Schema(fields);
        } catch (SQLException e) {
            throw translated(e, null);
        }
    }

    String explain(Plan plan) {
        try (StatementSources sources = sources(FileSources.Way.FAST)) {
            PlanRenderer renderer = new PlanRenderer(sources);
            String query = renderer.query(plan);
            return renderer.with() + query;
        }
    }

    @Override
    public void begin() {
        if (inTransaction) {
            throw failure(AlgebraError.ENGINE_FAILED, "A transaction is under way already");
        }
        run("BEGIN TRANSACTION", null, Execution.UNWATCHED);
        inTransaction = true;
    }

    @Override
    public void commit() {
        end("COMMIT");
    }

    @Override
    public void rollback() {
        end("ROLLBACK");
    }

    private void end(String statement) {
        if (!inTransaction) {
            throw failure(AlgebraError.ENGINE_FAILED, "No transaction is under way");
        }
        inTransaction = false;
        run(statement, null, Execution.UNWATCHED);
    }

    private void close(AutoCloseable resource) {
        if (resource != null && resource != connection) {
            try {
                resource.close();
            } catch (Exception e) {
                throw translated(e, null);
            }
        }
    }

    @Override
    public void close() {
        try {
            if (inTransaction) {
                rollback();
            }
        } finally {
            closeConnection();
        }
    }

    private void closeConnection() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw translated(e, null);
        }
    }
}
