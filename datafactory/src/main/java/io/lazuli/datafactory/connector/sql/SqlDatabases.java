package io.lazuli.datafactory.connector.sql;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.datafactory.configuration.DatabaseSettings;
import io.lazuli.datafactory.configuration.LazuliConfiguration;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;

/** The local databases that linked services of SQL Server's family mean. Each is made, and its scripts run, on first use. */
public final class SqlDatabases {
    private static final Set<String> TYPES = Set.of("AzureSqlDatabase", "AzureSqlDW", "AzureSqlMI", "SqlServer", "AmazonRdsForSqlServer");
    private static final String DEPLOYMENT = "deployment";

    private final Supplier<Engine> engine;
    private final LazuliConfiguration configuration;
    private final Clock clock;
    private final Set<String> ready = new HashSet<>();

    public SqlDatabases(Supplier<Engine> engine, LazuliConfiguration configuration, Clock clock) {
        this.engine = engine;
        this.configuration = configuration;
        this.clock = clock;
    }

    public static boolean isDatabase(String linkedServiceType) {
        return TYPES.contains(linkedServiceType);
    }

    /** {@code server/database} by the properties of those names, or by the parts of the connection string. */
    public static String name(ResolvedLinkedService service) {
        Map<String, String> parts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String part : service.typeProperties().path("connectionString").asString("").split(";")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
            }
        }
        service.typeProperties().properties().forEach(entry -> parts.put(entry.getKey(), entry.getValue().asString("")));
        String server = first(parts, "server", "Data Source", "Address", "Addr", "Network Address");
        String database = first(parts, "database", "Initial Catalog");
        String host = (server.isEmpty() ? service.name() : server).replaceFirst("(?i)^tcp:", "").replaceFirst(",\\d+$", "");
        return host.toLowerCase(Locale.ROOT) + "/" + (database.isEmpty() ? service.name() : database);
    }

    private static String first(Map<String, String> parts, String... names) {
        for (String name : names) {
            String value = parts.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    /** A session in which the database is there, with what its scripts make. The caller closes it. */
    public Session open(String database) {
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
            sql(session, database, DEPLOYMENT, Execution.UNWATCHED, Integer.MAX_VALUE).withinTransaction().run(read(script), Map.of());
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
    public TsqlSession sql(Session session, String database, String identity, Execution execution, int rowLimit) {
        return new TsqlSession(session, database, clock, Steps.UNRECORDED, identity, execution, rowLimit);
    }
}
