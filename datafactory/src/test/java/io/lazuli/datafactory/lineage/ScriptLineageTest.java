package io.lazuli.datafactory.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.datafactory.configuration.ConfigurationFile;
import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.workspace.WorkspaceLoader;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Lineage through scripts and stored procedures. */
class ScriptLineageTest {
    private static final String DATABASE = "s.database.windows.net/db/";
    private static final String TABLES = """
        CREATE TABLE dbo.orders (id int PRIMARY KEY, customer int, price decimal(10,2), quantity int, placed date);
        CREATE TABLE dbo.customers (id int PRIMARY KEY, name nvarchar(50), country char(2));
        CREATE TABLE dbo.totals (customer int PRIMARY KEY, name nvarchar(50), total decimal(18,2), seen bit);
        """;

    @TempDir
    private Path folder;

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** What a pipeline with one activity changes: {@code table.column <- origin ORIGINS; rows ORIGINS}. */
    private List<String> lineage(String tables, String type, ObjectNode properties) throws IOException {
        write("schema.sql", tables);
        write("lazuli.yaml", "databases:\n  s.database.windows.net/db:\n    scripts: [schema.sql]\n");
        write("linkedService/db.json", """
            {"name": "db", "properties": {"type": "AzureSqlDatabase", "typeProperties": {
              "connectionString": "Server=tcp:s.database.windows.net;Initial Catalog=db"}}}""");
        ObjectNode pipeline = JsonMapper.shared().createObjectNode().put("name", "p");
        ObjectNode activity = pipeline.putObject("properties").putArray("activities").addObject().put("name", "a").put("type", type);
        activity.putArray("dependsOn");
        activity.putObject("linkedServiceName").put("referenceName", "db").put("type", "LinkedServiceReference");
        activity.set("typeProperties", properties);
        write("pipeline/p.json", pipeline.toString());
        LazuliConfiguration configuration = ConfigurationFile.load(folder);
        try (ScriptLineage scripts = new ScriptLineage(configuration,
            () -> new DuckDbEngine(DuckDbSettings.of(folder.resolve("scratch"))))) {
            WorkspaceLineage lineage = new WorkspaceLineage(WorkspaceLoader.load(folder), () -> {
                throw new AssertionError("no constants here");
            }, configuration, Optional.of(scripts));
            return lineage.ofPipeline("p").stream().flatMap(step -> step.targets().stream()).map(ScriptLineageTest::text)
                .map(text -> text.replace(DATABASE, "")).toList();
        }
    }

    private static String text(LineageStep.Target target) {
        StringBuilder text = new StringBuilder(target.dataset());
        target.lineage().columns().forEach((column, origins) -> text.append(" | ").append(column).append(" <- ").append(origins.entrySet()
            .stream().map(origin -> origin.getKey() + ":" + origin.getValue().name().charAt(0)).toList()));
        return text + " | rows " + target.lineage().rows();
    }

    private List<String> script(String text) throws IOException {
        ObjectNode properties = JsonMapper.shared().createObjectNode();
        properties.putArray("scripts").addObject().put("type", "NonQuery").put("text", text);
        return lineage(TABLES, "Script", properties);
    }

    @Test
    void followsInsertsThroughViewsAndCommonTableExpressions() throws IOException {
        ObjectNode properties = JsonMapper.shared().createObjectNode();
        properties.putArray("scripts").addObject().put("type", "NonQuery").put("text", """
            WITH sums AS (SELECT customer, SUM(amount) AS total FROM dbo.sold GROUP BY customer)
            INSERT INTO dbo.totals (customer, name, total)
            SELECT s.customer, UPPER(c.name), s.total FROM sums s JOIN dbo.customers c ON c.id = s.customer""");
        String view = "GO\nCREATE VIEW dbo.sold AS SELECT customer, price * quantity AS amount FROM dbo.orders WHERE placed > '2024-01-01'";
        assertThat(lineage(TABLES + view, "Script", properties))
            .containsExactly("dbo.totals | customer <- [dbo.orders.customer:I] | name <- [dbo.customers.name:T]"
                + " | total <- [dbo.orders.price:A, dbo.orders.quantity:A]"
                + " | rows [dbo.customers.id, dbo.orders.customer, dbo.orders.placed]");
    }

    @Test
    void passesThroughTemporaryTablesAndTableVariables() throws IOException {
        assertThat(script("""
            SELECT customer, MAX(price) AS dearest INTO #t FROM dbo.orders GROUP BY customer;
            DECLARE @v TABLE (who int, what decimal(10,2));
            INSERT INTO @v SELECT customer, dearest * 2 FROM #t;
            INSERT INTO dbo.totals (customer, total) SELECT who, what FROM @v;""")).containsExactly("dbo.totals | customer <- "
            + "[dbo.orders.customer:I] | total <- [dbo.orders.price:A] | rows [dbo.orders.customer]");
    }

    @Test
    void followsUpdatesDeletesAndMerges() throws IOException {
        List<String> changed = script("""
            UPDATE t SET name = c.name FROM dbo.totals t JOIN dbo.customers c ON c.id = t.customer WHERE c.country = 'DE';
            DELETE FROM dbo.orders WHERE placed IS NULL;
            SELECT id, name INTO dbo.copied FROM dbo.customers;""");
        assertThat(changed).hasSize(3);
        assertThat(changed.get(0)).startsWith("dbo.totals | name <- [dbo.customers.name:").contains("dbo.customers.country");
        assertThat(changed.get(1)).isEqualTo("dbo.orders | rows [dbo.orders.placed]");
        assertThat(changed.get(2)).startsWith("dbo.copied | id <- [dbo.customers.id:I] | name <- [dbo.customers.name:I]");
        assertThat(script("""
            MERGE dbo.totals AS t USING (SELECT id, name FROM dbo.customers) AS s ON t.customer = s.id
            WHEN MATCHED THEN UPDATE SET name = s.name
            WHEN NOT MATCHED THEN INSERT (customer, name) VALUES (s.id, s.name);""")).singleElement().satisfies(totals ->
            assertThat(totals).contains("customer <- [dbo.customers.id:").contains("name <- [dbo.customers.name:"));
    }

    @Test
    void goesThroughStoredProceduresThatCallOthers() throws IOException {
        String procedures = TABLES + """
            GO
            CREATE PROCEDURE dbo.inner_one AS INSERT INTO dbo.totals (customer, name) SELECT id, name FROM dbo.customers
            GO
            CREATE PROCEDURE dbo.outer_one @since date AS
            BEGIN
                EXEC dbo.inner_one;
                UPDATE dbo.totals SET seen = 1 WHERE customer IN (SELECT customer FROM dbo.orders WHERE placed > @since);
            END
            """;
        ObjectNode properties = JsonMapper.shared().createObjectNode().put("storedProcedureName", "[dbo].[outer_one]");
        properties.putObject("storedProcedureParameters").putObject("since").put("value", "@pipeline().TriggerTime")
            .put("type", "DateTime");
        assertThat(lineage(procedures, "SqlServerStoredProcedure", properties)).singleElement().satisfies(totals -> assertThat(totals)
            .startsWith("dbo.totals | customer <- [dbo.customers.id:I] | name <- [dbo.customers.name:I] | seen <- []")
            .contains("dbo.orders.customer", "dbo.orders.placed"));
    }

    @Test
    void leavesOutWhatOnlyARunKnows() throws IOException {
        assertThat(script("@concat('DELETE FROM ', pipeline().parameters.table)")).isEmpty();
        assertThat(script("SELECT * FROM dbo.orders; INSERT INTO dbo.nowhere SELECT 1")).isEmpty();
    }
}
