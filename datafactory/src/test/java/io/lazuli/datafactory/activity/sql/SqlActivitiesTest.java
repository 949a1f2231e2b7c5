package io.lazuli.datafactory.activity.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.activity.Services;
import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.sql.SqlDatabases;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import io.lazuli.foundation.Place;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SqlActivitiesTest {
    private static final JsonMapper JSON = JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();
    @TempDir
    private Path folder;
    private DuckDbEngine engine;

    @BeforeEach
    void open() {
        engine = new DuckDbEngine(DuckDbSettings.of(folder));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private ObjectNode run(ActivityType type, String properties) throws InterruptedException {
        ObjectNode json = (ObjectNode) JSON.readTree("{'linkedServiceName': {'referenceName': 'db', 'type': 'LinkedServiceReference'}, "
            + "'typeProperties': " + properties + "}");
        ActivityDefinition definition = new ActivityDefinition("Act", type.name(), List.of(),
            new ActivityDefinition.Policy(json.objectNode()), false, ActivityDefinition.Outcome.SUCCEEDED, json, new LinkedHashMap<>(),
            Place.UNKNOWN);
        return type.create(definition).run(context(definition, json));
    }

    private ActivityContext context(ActivityDefinition definition, ObjectNode json) {
        Services services = answering(Services.class, method -> switch (method) {
            case "clock" -> Clock.systemUTC();
            case "databases" -> new SqlDatabases(() -> engine, LazuliConfiguration.STANDARD, Clock.systemUTC());
            default -> throw new UnsupportedOperationException(method);
        });
        String id = UUID.randomUUID().toString();
        return answering(ActivityContext.class, method -> switch (method) {
            case "definition" -> definition;
            case "properties" -> json.get("typeProperties");
            case "services" -> services;
            case "linkedService" -> new ResolvedLinkedService("db", "AzureSqlDatabase", json.objectNode(), Place.UNKNOWN);
            case "activityRunId" -> id;
            case "execution" -> Execution.UNWATCHED;
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private static <T> T answering(Class<T> type, Function<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
            (proxy, method, arguments) -> answers.apply(method.getName())));
    }

    private ObjectNode script(String scripts) throws InterruptedException {
        return run(new ScriptActivity(), "{'scripts': [" + scripts + "], 'logSettings': {'logDestination': 'ActivityOutput'}}");
    }

    @Test
    void givesResultSetsCountsAndMessagesOfScripts() throws InterruptedException {
        ObjectNode output = script("""
            {'type': 'NonQuery', 'text': "CREATE TABLE t (a int, d datetime, b bit); INSERT INTO t VALUES (1, '2018-03-15T13:00:00', 1)"},
            {'type': 'Query', 'text': "SELECT a, d, b, CAST(1.50 AS decimal(5,2)) AS m, NULL AS n FROM t; PRINT 'done'"}""");
        assertThat(output.path("resultSetCount").asInt()).isEqualTo(1);
        assertThat(output.path("recordsAffected").asInt()).isEqualTo(1);
        assertThat(output.path("resultSets").toString()).isEqualTo(
            "[{\"rowCount\":1,\"rows\":[{\"a\":1,\"d\":\"2018-03-15T13:00:00Z\",\"b\":true,\"m\":1.50,\"n\":null}]}]");
        assertThat(output.path("outputLogs").asString()).isEqualTo("done");
    }

    @Test
    void passesParametersInAndOut() throws InterruptedException {
        ObjectNode output = script("""
            {'type': 'Query', 'text': "SET @out = @in * 2; SELECT @text AS t", 'parameters': [
                {'name': 'in', 'type': 'Int32', 'value': '21', 'direction': 'Input'},
                {'name': 'text', 'type': 'String', 'value': null},
                {'name': '@out', 'type': 'Int64', 'direction': 'Output'}]}""");
        assertThat(output.path("outputParameters").toString()).isEqualTo("{\"out\":42}");
        assertThat(output.path("resultSets").toString()).isEqualTo("[{\"rowCount\":1,\"rows\":[{\"t\":null}]}]");
    }

    @Test
    void failsAsAzureDoesWhenAScriptFails() {
        assertThatThrownBy(() -> script("{'type': 'Query', 'text': 'SELECT * FROM nowhere'}")).isInstanceOfSatisfying(ActivityFailure.class,
            failure -> assertThat(failure.errorCode() + ": " + failure.getMessage())
                .isEqualTo("2011: Failed to execute script. Sql error number: 208. Error Message: Invalid object name 'nowhere'."));
    }

    @Test
    void refusesByNameWhatItDoesNotRun() {
        assertThatThrownBy(() -> script("{'type': 'Query', 'text': 'SELECT 1 FOR XML PATH'}")).hasMessage("FOR XML is not supported");
    }

    @Test
    void callsProceduresWithParameters() throws InterruptedException {
        script("""
            {'type': 'NonQuery', 'text': "CREATE TABLE wm (name varchar(20), value datetime); \
            INSERT INTO wm VALUES ('orders', '2020-01-01')"},
            {'type': 'NonQuery', 'text': "CREATE PROCEDURE [dbo].[usp_wm] @at datetime, @name varchar(50) AS UPDATE wm SET value = @at \
            WHERE name = @name"}""");
        ObjectNode output = run(new StoredProcedureActivity("SqlServerStoredProcedure"), """
            {'storedProcedureName': '[dbo].[usp_wm]', 'storedProcedureParameters': {
                'at': {'value': '2021-02-03T04:05:06Z', 'type': 'DateTime'}, 'name': {'value': 'orders', 'type': 'String'}}}""");
        assertThat(output.has("effectiveIntegrationRuntime")).isTrue();
        assertThat(script("{'type': 'Query', 'text': 'SELECT value FROM wm'}").path("resultSets").get(0).path("rows").toString())
            .isEqualTo("[{\"value\":\"2021-02-03T04:05:06Z\"}]");
    }

    @Test
    void failsAsAzureDoesWhenAProcedureIsMissing() {
        assertThatThrownBy(() -> run(new StoredProcedureActivity("SqlServerStoredProcedure"), "{'storedProcedureName': 'dbo.usp_none'}"))
            .isInstanceOfSatisfying(ActivityFailure.class, failure -> assertThat(failure.errorCode() + ": " + failure.getMessage())
                .isEqualTo("2402: Execution fail against sql server. Please contact SQL Server team if you need further support. Sql error "
                    + "number: 2812. Error Message: Could not find stored procedure 'dbo.usp_none'."));
    }
}
