package io.lazuli.datafactory.lineage;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.sql.SqlBatch;
import io.lazuli.datafactory.connector.sql.SqlDatabase;
import io.lazuli.datafactory.connector.sql.SqlDatabases;
import io.lazuli.datafactory.connector.sql.SqlParameters;
import io.lazuli.datafactory.connector.sql.SqlServerAddress;
import io.lazuli.datafactory.lineage.LineageStep.Target;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.tsql.session.BatchResult.Value;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * What T-SQL scripts and stored procedures make from which columns: they are run in databases of their own that nobody else sees, which
 * the configured scripts have made, and what they would change is read from the plans of their statements.
 */
public final class ScriptLineage implements AutoCloseable {
    private final LazuliConfiguration configuration;
    private final TableLineage changes;
    private final Supplier<Engine> engines;
    private Engine engine;

    /** {@code engine} makes one with databases of its own, which this closes. */
    public ScriptLineage(LazuliConfiguration configuration, Supplier<Engine> engine) {
        this.configuration = configuration;
        this.engines = engine;
        this.changes = new TableLineage();
    }

    private synchronized Engine engine() {
        if (engine == null) {
            engine = new RecordingEngine(engines.get(), changes);
        }
        return engine;
    }

    /** What the scripts of a Script activity change; nothing where their text is an expression. */
    List<Target> scripts(String activity, ResolvedLinkedService service, JsonNode scripts) {
        return of(activity, service, database -> {
            for (JsonNode script : scripts) {
                String text = script.path("text").asString("");
                if (!text.isBlank() && !isExpression(script.path("text"))) {
                    run(database, text, parameters(script.path("parameters")));
                }
            }
        });
    }

    private static Map<String, Value> parameters(JsonNode given) {
        Map<String, Value> parameters = new LinkedHashMap<>();
        for (JsonNode parameter : given) {
            String name = parameter.path("name").asString("");
            parameters.put(SqlParameters.variable(name),
                SqlParameters.value(name, parameter.path("type").asString(""), constant(parameter.path("value"))));
        }
        return parameters;
    }

    /** What a stored procedure changes; parameters whose values are expressions are null. */
    List<Target> procedure(String activity, ResolvedLinkedService service, JsonNode name, JsonNode given) {
        return isExpression(name) ? List.of() : of(activity, service, database -> {
            Map<String, Value> parameters = new LinkedHashMap<>();
            given.properties().forEach(entry -> parameters.put(SqlParameters.variable(entry.getKey()),
                SqlParameters.value(entry.getKey(), entry.getValue().path("type").asString(""), constant(entry.getValue().path("value")))));
            run(database, database.call(name.asString(""), parameters.keySet()), parameters);
        });
    }

    private static void run(SqlDatabase database, String text, Map<String, Value> parameters) {
        database.run(new SqlBatch(text, parameters, Optional.empty(), 0), Execution.UNWATCHED);
    }

    private static boolean isExpression(JsonNode text) {
        return !text.isString() || text.stringValue().startsWith("@") && !text.stringValue().startsWith("@@")
            || text.stringValue().contains("@{");
    }

    private static JsonNode constant(JsonNode value) {
        return value.isString() && !isExpression(value) || value.isNumber() || value.isBoolean() ? value : null;
    }

    private interface Work {
        void on(SqlDatabase database);
    }

    /** What a script changes until it ends or fails: over tables without rows it may do both early. */
    private List<Target> of(String activity, ResolvedLinkedService service, Work work) {
        SqlDatabases databases = new SqlDatabases(this::engine, configuration, Clock.systemUTC());
        if (databases.real(service).isPresent() || !SqlServerAddress.isSqlServer(service.type())) {
            return List.of();
        }
        String name = SqlDatabases.name(service);
        databases.session(name).close();
        changes.clear();
        try {
            work.on(databases.local(name));
        } catch (LazuliException ended) {
            if (changes.tables().isEmpty()) {
                return List.of();
            }
        }
        return changes.tables().entrySet().stream().map(table -> new Target(activity, table.getKey(), table.getValue())).toList();
    }

    @Override
    public synchronized void close() {
        if (engine != null) {
            engine.close();
        }
    }
}
