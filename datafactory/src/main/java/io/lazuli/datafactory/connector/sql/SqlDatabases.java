package io.lazuli.datafactory.connector.sql;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.datafactory.configuration.DatabaseSettings;
import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.configuration.LinkedServiceSettings;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.tsql.session.Steps;
import io.lazuli.languages.tsql.session.TsqlSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;

/** The databases that linked services name: local ones, made on first use, or real ones where {@code lazuli.yaml} says so. */
public final class SqlDatabases {
    private static final String DEPLOYMENT = "deployment";

    private final Supplier<Engine> engine;
    private final LazuliConfiguration configuration;
    private final Clock clock;
    private final Set<String> ready = new HashSet<>();
    private final Map<String, ReentrantLock> writers = new ConcurrentHashMap<>();

    public SqlDatabases(Supplier<Engine> engine, LazuliConfiguration configuration, Clock clock) {
        this.engine = engine;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** Whether a linked service is a database: one of SQL Server's family, or a real one by its configuration. */
    public boolean isDatabase(ResolvedLinkedService service) {
        return real(service).isPresent() || SqlServerAddress.isSqlServer(service.type());
    }

    /** The real database that stands behind a linked service; empty for local ones. */
    public Optional<JdbcSqlDatabase> real(ResolvedLinkedService service) {
        return configuration.linkedService(service.name())
            .filter(settings -> settings.mode() == LinkedServiceSettings.Mode.REAL && settings.jdbc() != null)
            .map(settings -> new JdbcSqlDatabase(service.name(), settings.jdbc()));
    }

    public SqlDatabase open(ResolvedLinkedService service) {
        Optional<JdbcSqlDatabase> real = real(service);
        if (real.isPresent()) {
            return real.get();
        }
        if (!SqlServerAddress.isSqlServer(service.type())) {
            throw failure(CommonError.NOT_SUPPORTED, service.place(),
                "Linked service '%s' of type %s has no local form; give it 'mode: real' with 'jdbc' in lazuli.yaml", service.name(),
                service.type());
        }
        return local(name(service));
    }

    /** The local database of a name such as {@code contoso.database.windows.net/sales}. */
    public SqlDatabase local(String database) {
        return new LocalSqlDatabase(this, database);
    }

    /** The engine's name of a linked service's local database. */
    public static String name(ResolvedLinkedService service) {
        return SqlServerAddress.of(service).key();
    }

    /** A session in which the local database is there, with what its scripts make. The caller closes it. */
    public Session session(String database) {
        Session session = engine.get().open();
        try {
            prepare(session, database);
            return session;
        } catch (RuntimeException problem) {
            session.close();
            throw problem;
        }
    }

    private synchronized void prepare(Session session, String database) {
        if (!ready.contains(database)) {
            DatabaseSettings settings = configuration.databases().get(database);
            if (settings != null && !settings.scripts().isEmpty()) {
                deploy(session, database, settings);
            }
            ready.add(database);
        }
    }

    /** Runs the scripts and marks that they ran, in one transaction. */
    private void deploy(Session session, String database, DatabaseSettings settings) {
        EffectMarks marks = new EffectMarks(database);
        session.begin();
        if (marks.find(session, DEPLOYMENT).isPresent()) {
            session.rollback();
            return;
        }
        for (Path script : settings.scripts()) {
            sql(session, database, Steps.UNRECORDED, DEPLOYMENT, Execution.UNWATCHED, Integer.MAX_VALUE)
                .withinTransaction().run(read(script), Map.of());
        }
        marks.add(session, DEPLOYMENT, JsonNodeFactory.instance.objectNode());
        session.commit();
    }

    private static String read(Path script) {
        try {
            return Files.readString(script);
        } catch (IOException problem) {
            throw failure(CommonError.IO_ERROR, "The database's script %s cannot be read: %s", script, problem.getMessage(), problem);
        }
    }

    /** T-SQL on a session; {@code identity} names its temporary tables. Whoever needs those gone closes it. */
    public TsqlSession sql(Session session, String database, Steps steps, String identity, Execution execution, int rowLimit) {
        return new TsqlSession(session, database, clock, steps, identity, execution, rowLimit);
    }

    /** What writers of a local database hold while they write: the engine fails one of two transactions on the same table. */
    public ReentrantLock writer(String database) {
        return writers.computeIfAbsent(database.toLowerCase(Locale.ROOT), _ -> new ReentrantLock(true));
    }
}
