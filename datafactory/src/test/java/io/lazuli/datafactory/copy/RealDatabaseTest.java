package io.lazuli.datafactory.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.sql.SqlBatch;
import io.lazuli.datafactory.connector.sql.SqlDatabase;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.session.BatchResult;
import io.lazuli.languages.tsql.session.BatchResult.Value;
import io.lazuli.languages.tsql.type.SqlType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Linked services in {@code mode: real}, on H2 as the database that is elsewhere. */
class RealDatabaseTest {
    private static final String COPY =
        "{\"source\": {\"type\": \"PostgreSqlV2Source\"%s}, \"sink\": {\"type\": \"AzurePostgreSqlSink\"%s}}";
    @TempDir
    private Path folder;
    private Connection connection;
    private CopyWorld world;

    @BeforeEach
    void makeDatabase() throws SQLException {
        String url = "jdbc:h2:mem:" + folder.getFileName() + ";DATABASE_TO_UPPER=FALSE";
        connection = DriverManager.getConnection(url);
        execute("CREATE SCHEMA dbo", "CREATE TABLE dbo.orders (id INT PRIMARY KEY, price DECIMAL(10, 2), placed TIMESTAMP, "
            + "on_day DATE, paid BOOLEAN, name VARCHAR(20), big BIGINT, ratio DOUBLE PRECISION, seen TIMESTAMP WITH TIME ZONE)",
            "INSERT INTO dbo.orders VALUES (1, 1.50, '2024-05-31 08:15:00.25', '2024-05-31', TRUE, 'ä', 9, 0.5, "
                + "'2024-05-31 10:00:00+02'), "
                + "(2, NULL, NULL, NULL, FALSE, NULL, NULL, NULL, NULL)");
        world = new CopyWorld(folder).configured("linked-services:\n  shop:\n    mode: real\n    jdbc:\n      url: " + url + "\n")
            .files("lines", "Json", "out", "orders.json", null).dataset(table("orders", "orders")).dataset(table("copies", "copies"));
    }

    private static ResolvedDataset table(String name, String table) {
        ObjectNode json = CopyWorld.object("{\"schema\": \"dbo\", \"table\": \"" + table + "\"}");
        return new ResolvedDataset(name, "AzurePostgreSqlTable", json, null, service(), Place.UNKNOWN);
    }

    private static ResolvedLinkedService service() {
        return new ResolvedLinkedService("shop", "AzurePostgreSql", CopyWorld.object("{}"), Place.UNKNOWN);
    }

    private void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    private SqlDatabase database() {
        return world.databases().open(service());
    }

    private List<List<Object>> rows(String query) {
        return database().run(SqlBatch.of(query), Execution.UNWATCHED).resultSets().getFirst().rows();
    }

    @AfterEach
    void close() throws SQLException {
        world.close();
        connection.close();
    }

    @Test
    void copiesATableWithItsTypes() {
        ObjectNode output = world.copy("orders", "lines", COPY.formatted("", ""));
        assertThat(output.path("rowsCopied").asInt()).isEqualTo(2);
        assertThat(world.read("out/orders.json").lines().toList()).containsExactly(
            "{\"id\":1,\"price\":1.50,\"placed\":\"2024-05-31T08:15:00.25Z\",\"on_day\":\"2024-05-31T00:00:00Z\",\"paid\":true,"
                + "\"name\":\"ä\",\"big\":9,\"ratio\":0.5,\"seen\":\"2024-05-31T08:00:00Z\"}",
            "{\"id\":2,\"price\":null,\"placed\":null,\"on_day\":null,\"paid\":false,\"name\":null,\"big\":null,\"ratio\":null,"
                + "\"seen\":null}");
    }

    @Test
    void copiesAQuery() {
        world.copy("orders", "lines", COPY.formatted(", \"query\": \"SELECT COUNT(*) AS n FROM dbo.orders\"", ""));
        assertThat(world.read("out/orders.json").strip()).isEqualTo("{\"n\":2}");
    }

    @Test
    void insertsInOneTransactionAfterTheScript() throws SQLException {
        execute("CREATE TABLE dbo.copies (id INT PRIMARY KEY, name VARCHAR(5))", "INSERT INTO dbo.copies VALUES (1, 'old')");
        world.file("in/a.csv", "id,name\n1,new\n2,\n").files("csv", "DelimitedText", "in", "a.csv", "\"firstRowAsHeader\": true");
        String script = ", \"preCopyScript\": \"DELETE FROM dbo.copies\"";
        assertThat(world.copy("csv", "copies", COPY.formatted("", script)).path("rowsCopied").asInt()).isEqualTo(2);
        assertThat(rows("SELECT id, name FROM dbo.copies ORDER BY id")).extracting(row -> row.get(0) + "|" + row.get(1))
            .containsExactly("1|new", "2|null");
        world.nextRun();
        world.file("in/a.csv", "id,name\n3,fits\n4,does not fit\n");
        assertThatThrownBy(() -> world.copy("csv", "copies", COPY.formatted("", script))).hasMessageContaining("does not fit");
        assertThat(rows("SELECT COUNT(*) FROM dbo.copies")).containsExactly(List.of(2L));
    }

    @Test
    void upsertsByTheTablesPrimaryKey() throws SQLException {
        execute("CREATE TABLE dbo.copies (id INT PRIMARY KEY, name VARCHAR(5), extra INT)",
            "INSERT INTO dbo.copies VALUES (1, 'old', 7), (9, 'other', 8)");
        csv("id,name\n1,new\n2,\n");
        String upsert = ", \"writeBehavior\": \"upsert\"";
        assertThat(world.copy("csv", "copies", COPY.formatted("", upsert)).path("rowsCopied").asInt()).isEqualTo(2);
        assertThat(rows("SELECT id, name, extra FROM dbo.copies ORDER BY id")).extracting(row -> row.get(0) + "|" + row.get(1) + "|"
            + row.get(2)).containsExactly("1|new|7", "2|null|null", "9|other|8");
    }

    @Test
    void upsertsByTheKeysThatAreGiven() throws SQLException {
        execute("CREATE TABLE dbo.copies (id INT, name VARCHAR(5))", "INSERT INTO dbo.copies VALUES (1, 'a'), (2, 'b')");
        csv("id,name\n7,b\n8,c\n");
        String upsert = ", \"writeBehavior\": \"upsert\", \"upsertSettings\": {\"keys\": [\"NAME\"]}";
        world.copy("csv", "copies", COPY.formatted("", upsert));
        assertThat(rows("SELECT id, name FROM dbo.copies ORDER BY id")).extracting(row -> row.get(0) + "|" + row.get(1))
            .containsExactly("1|a", "7|b", "8|c");
    }

    @Test
    void makesTheTableFromTheSourcesColumns() {
        world.copy("orders", "copies", COPY.formatted("", ", \"tableOption\": \"autoCreate\""));
        assertThat(rows("SELECT * FROM dbo.copies EXCEPT SELECT * FROM dbo.orders")).isEmpty();
        assertThat(rows("SELECT COUNT(*) FROM dbo.copies")).containsExactly(List.of(2L));
    }

    @Test
    void failedUpsertLeavesTheTableAsItWas() throws SQLException {
        execute("CREATE TABLE dbo.copies (id INT PRIMARY KEY, name VARCHAR(5))");
        csv("id,name\n1,fits\n1,twice\n");
        assertThatThrownBy(() -> world.copy("csv", "copies", COPY.formatted("", ", \"writeBehavior\": \"upsert\"")))
            .isInstanceOf(RuntimeException.class);
        assertThat(rows("SELECT COUNT(*) FROM dbo.copies")).containsExactly(List.of(0L));
    }

    @Test
    void refusesStoredProcedureSinks() {
        assertThatThrownBy(() -> world.copy("orders", "copies", COPY.formatted("", ", \"sqlWriterStoredProcedureName\": \"p\"")))
            .hasMessageContaining("real database is not supported");
    }

    private void csv(String text) {
        world.file("in/a.csv", text).files("csv", "DelimitedText", "in", "a.csv", "\"firstRowAsHeader\": true");
    }

    @Test
    void failsForATableThatIsMissing() {
        assertThatThrownBy(() -> world.copy("orders", "copies", COPY.formatted("", ""))).hasMessageContaining("dbo.copies");
    }

    @Test
    void givesVariablesToScriptsByPlaceHolders() {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("@least", new Value(2, SqlType.INT));
        values.put("@name", new Value("it's", SqlType.nvarchar(10)));
        String text = "SELECT id, @name AS said, '@name' AS kept FROM dbo.orders /* @least */ WHERE id >= @LEAST -- @name";
        BatchResult result = database().run(new SqlBatch(text, values, Optional.empty(), 10), Execution.UNWATCHED);
        assertThat(result.resultSets().getFirst().rows()).containsExactly(List.of(2, "it's", "@name"));
    }

    @Test
    void callsProceduresByTheirParameters() throws SQLException {
        execute("CREATE ALIAS dbo.twice AS 'int twice(int n) { return 2 * n; }'");
        SqlDatabase database = database();
        Map<String, Value> values = Map.of("@n", new Value(21, SqlType.INT));
        String call = database.call("dbo.twice", values.keySet());
        BatchResult result = database.run(new SqlBatch(call, values, Optional.empty(), 10), Execution.UNWATCHED);
        assertThat(result.resultSets().getFirst().rows()).containsExactly(List.of(42));
    }

    @Test
    void namesTheDriverThatIsMissing() {
        world.configured("linked-services: {shop: {mode: real, jdbc: {url: 'jdbc:oracle:thin:@//host/db'}}}");
        assertThatThrownBy(() -> rows("SELECT 1")).hasMessageContaining("jdbc:oracle:")
            .hasMessageContaining("com.oracle.database.jdbc:ojdbc11");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:sqlserver://127.0.0.1:1;loginTimeout=1;encrypt=false", "jdbc:postgresql://127.0.0.1:1/x",
        "jdbc:mysql://127.0.0.1:1/x"})
    void reportsADatabaseThatDoesNotAnswer(String url) {
        world.configured("linked-services: {shop: {mode: real, jdbc: {url: '" + url + "'}}}");
        assertThatThrownBy(() -> rows("SELECT 1")).isInstanceOf(LazuliException.class)
            .hasMessageNotContaining("no driver");
    }
}
