package io.lazuli.datafactory.activity.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.connector.sql.SqlBatch;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Lookup and GetMetadata on tables. */
class TableActivitiesTest {
    @TempDir
    private Path folder;
    private FileWorld world;
    private DuckDbEngine engine;

    @BeforeEach
    void makeWorld() {
        engine = new DuckDbEngine(DuckDbSettings.of(folder));
        world = new FileWorld(folder.resolve("lake")).engine(engine);
        world.table("orders", "{'schema': 'dbo', 'table': 'orders'}").table("older", "{'tableName': '[dbo].[orders]'}")
            .table("missing", "{'schema': 'dbo', 'table': 'nothing'}").table("none", "{}");
        execute("""
            CREATE TABLE dbo.orders (id INT NOT NULL, price DECIMAL(10, 2), placed DATETIME2, day DATE, paid BIT, name NVARCHAR(20));
            INSERT INTO dbo.orders VALUES (1, 1.50, '2024-05-31T08:15:00.250', '2024-05-31', 1, N'ä'), (2, NULL, NULL, NULL, 0, NULL);
            CREATE TABLE dbo.calls (n INT);
            GO
            CREATE PROCEDURE dbo.find @least INT, @name NVARCHAR(20) AS
            BEGIN
                INSERT INTO dbo.calls VALUES (@least);
                SELECT id, @name AS name FROM dbo.orders WHERE id >= @least;
            END
            """);
    }

    private void execute(String script) {
        world.services().databases().local("contoso.database.windows.net/sales").run(SqlBatch.of(script), Execution.UNWATCHED);
    }

    @AfterEach
    void close() {
        world.close();
        engine.close();
    }

    private String run(ActivityType type, String dataset, String more) throws InterruptedException {
        ObjectNode output = world.run(type, "{'dataset': {'referenceName': '" + dataset + "', 'type': 'DatasetReference'}, " + more + "}");
        output.remove("effectiveIntegrationRuntime");
        output.remove("executionDuration");
        output.remove("durationInQueue");
        return output.toString();
    }

    private String lookup(String dataset, String source, String more) throws InterruptedException {
        return run(new LookupActivity(), dataset, "'source': {'type': 'AzureSqlSource'" + source + "}" + more);
    }

    @Test
    void looksUpATableWithTypedValues() throws InterruptedException {
        String first = "{\"id\":1,\"price\":1.50,\"placed\":\"2024-05-31T08:15:00.25Z\",\"day\":\"2024-05-31T00:00:00Z\","
            + "\"paid\":true,\"name\":\"ä\"}";
        assertThat(lookup("orders", "", "")).isEqualTo("{\"firstRow\":" + first + "}");
        assertThat(lookup("older", "", ", 'firstRowOnly': false")).isEqualTo("{\"count\":2,\"value\":[" + first
            + ",{\"id\":2,\"price\":null,\"placed\":null,\"day\":null,\"paid\":false,\"name\":null}]}");
    }

    @Test
    void looksUpAQuery() throws InterruptedException {
        assertThat(lookup("none", ", 'sqlReaderQuery': 'SELECT MAX(id) AS newest, COUNT(*) FROM dbo.orders'", ""))
            .isEqualTo("{\"firstRow\":{\"newest\":2,\"Column2\":2}}");
        assertThat(lookup("none", ", 'sqlReaderQuery': 'SELECT id FROM dbo.orders WHERE id > 5'", "")).isEqualTo("{}");
    }

    @Test
    void callsAProcedureOncePerActivityRun() throws InterruptedException {
        String call = ", 'sqlReaderStoredProcedureName': '[dbo].[find]', 'storedProcedureParameters': "
            + "{'least': {'type': 'Int32', 'value': '2'}, 'name': {'type': 'String', 'value': 'it''s'}}";
        String asked = call.replace("it''s", "its");
        assertThat(lookup("none", asked, "")).isEqualTo("{\"firstRow\":{\"id\":2,\"name\":\"its\"}}");
        assertThat(lookup("none", asked, "")).isEqualTo("{\"firstRow\":{\"id\":2,\"name\":\"its\"}}");
        assertThat(lookup("none", ", 'sqlReaderQuery': 'SELECT COUNT(*) AS n FROM dbo.calls'", "")).contains("\"n\":1");
    }

    @Test
    void failsForWhatIsNotThere() {
        assertThatThrownBy(() -> lookup("missing", "", ""))
            .isInstanceOfSatisfying(ActivityFailure.class, failure -> assertThat(failure.errorCode()).isEqualTo("2100"))
            .hasMessageContaining("nothing");
        assertThatThrownBy(() -> lookup("none", "", "")).hasMessageContaining("names no table");
    }

    @Test
    void tellsTheMetadataOfATable() throws InterruptedException {
        assertThat(run(new GetMetadataActivity(), "orders", "'fieldList': ['exists', 'columnCount', 'structure']")).isEqualTo(
            "{\"exists\":true,\"columnCount\":6,\"structure\":[{\"name\":\"id\",\"type\":\"Int32\"},"
                + "{\"name\":\"price\",\"type\":\"Decimal\"},{\"name\":\"placed\",\"type\":\"DateTime\"},"
                + "{\"name\":\"day\",\"type\":\"Date\"},{\"name\":\"paid\",\"type\":\"Boolean\"},"
                + "{\"name\":\"name\",\"type\":\"String\"}]}");
        assertThat(run(new GetMetadataActivity(), "missing", "'fieldList': ['exists', 'structure']")).isEqualTo("{\"exists\":false}");
        assertThatThrownBy(() -> run(new GetMetadataActivity(), "missing", "'fieldList': ['structure']"))
            .isInstanceOf(ActivityFailure.class).hasMessageContaining("Invalid object name 'dbo.nothing'");
        assertThatThrownBy(() -> run(new GetMetadataActivity(), "orders", "'fieldList': ['size']")).hasMessageContaining("no 'size'");
    }
}
