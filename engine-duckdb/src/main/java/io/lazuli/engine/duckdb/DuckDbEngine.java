package io.lazuli.engine.duckdb;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.source.Source;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.engine.duckdb.file.FileSources;
import io.lazuli.engine.duckdb.render.SqlLiterals;
import io.lazuli.engine.duckdb.rows.JavaFunctions;
import io.lazuli.engine.duckdb.rows.JavaRows;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs plans on DuckDB within this process. Nothing of DuckDB is loaded before the first session or description. */
public final class DuckDbEngine implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(DuckDbEngine.class);
    private static final String IN_MEMORY = "jdbc:duckdb:";

    private final DuckDbSettings settings;
    private final Databases databases;
    private DuckDBConnection instance;
    private boolean closed;

    public DuckDbEngine(DuckDbSettings settings) {
        this.settings = settings;
        this.databases = new Databases(settings.databaseFile());
    }

    /** Loads DuckDB in the background, for those who are sure to need it soon. */
    public static void load() {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                DriverManager.getConnection(IN_MEMORY).close();
            } catch (SQLException toldByTheFirstSession) {
                LOG.debug("DuckDB does not start", toldByTheFirstSession);
            }
        });
    }

    /** A connection of its own to the one instance, which starts with the first. */
    private synchronized DuckDBConnection connect() {
        if (closed) {
            throw failure(CommonError.INVALID_ARGUMENT, "The engine is closed");
        }
        try {
            if (instance == null) {
                instance = start();
            }
            return instance.duplicate();
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e, text -> text);
        }
    }

    private DuckDBConnection start() throws SQLException {
        try {
            Files.createDirectories(settings.temporaryDirectory());
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "The folder for temporary files cannot be made: %s", e.getMessage(), e);
        }
        DuckDBConnection connection = DriverManager.getConnection(IN_MEMORY).unwrap(DuckDBConnection.class);
        List<String> options = new ArrayList<>(List.of("TimeZone = 'UTC'", "autoinstall_known_extensions = false",
            "autoload_known_extensions = false", "temp_directory = " + SqlLiterals.string(settings.temporaryDirectory().toString())));
        settings.memoryLimit().ifPresent(limit -> options.add("memory_limit = " + SqlLiterals.string(limit)));
        settings.threads().ifPresent(threads -> options.add("threads = " + threads));
        try (Statement statement = connection.createStatement()) {
            for (String option : options) {
                statement.execute("SET GLOBAL " + option);
            }
            JavaRows.register(connection);
            JavaFunctions.register(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Schema describe(Source source) {
        return switch (source) {
            case RowSource rows -> rows.schema();
            case FileSource files -> {
                try (DuckDbSession session = open()) {
                    yield new FileSources(settings.temporaryDirectory()).describe(files, session.inspection());
                }
            }
            case TableSource table -> {
                try (DuckDbSession session = open()) {
                    yield new Schema(session.requireTable(table.table()).columns().stream()
                        .map(column -> new Field(column.name(), column.type())).toList());
                }
            }
        };
    }

    @Override
    public DuckDbSession open() {
        return new DuckDbSession(connect(), this::connect, databases, settings);
    }

    @Override
    public Kept keep(Plan plan, Execution execution) {
        DuckDbSession session = open();
        boolean done = false;
        try {
            KeptRows rows = KeptRows.of(session, databases, plan, execution);
            done = true;
            return rows;
        } finally {
            if (!done) {
                session.close();
            }
        }
    }

    @Override
    public String explain(Plan plan) {
        try (DuckDbSession session = open()) {
            return session.explain(plan);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (instance != null) {
            try (DuckDBConnection connection = instance; Statement statement = connection.createStatement()) {
                for (String database : databases.opened()) {
                    statement.execute("CHECKPOINT " + database);
                    statement.execute("DETACH " + database);
                }
            } catch (SQLException e) {
                throw DuckDbErrors.translate(e, text -> text);
            }
        }
    }
}
