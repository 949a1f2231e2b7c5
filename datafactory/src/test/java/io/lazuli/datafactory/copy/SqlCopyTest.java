package io.lazuli.datafactory.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.engine.CreateTable.Column;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class SqlCopyTest {
    private static final String HEADER = "\"firstRowAsHeader\": true";
    private static final String TO_TABLE = "{\"source\": {\"type\": \"DelimitedTextSource\"}, \"sink\": {\"type\": \"AzureSqlSink\"}}";

    @TempDir
    private Path directory;
    private CopyWorld world;

    @BeforeEach
    void open() {
        world = new CopyWorld(directory);
        world.file("in/a.csv", "id,name\n1,Ann\n2,Bob\n").files("in", "DelimitedText", "in", null, HEADER).table("out", "dbo", "people");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void insertsByNameAndConvertsToTheColumnsTypes() {
        people();
        ObjectNode output = world.copy("in", "out", TO_TABLE);
        assertThat(world.rows("dbo", "people")).containsExactly("1|Ann|null", "2|Bob|null");
        assertThat(output.path("rowsCopied").asInt()).isEqualTo(2);
        assertThat(output.path("filesRead").asInt()).isEqualTo(1);
        assertThat(output.has("filesWritten")).isFalse();
        assertThat(output.path("dataWritten").asInt()).isEqualTo(14);
    }

    @Test
    void createsTheTableWithAzuresTypes() {
        world.copy("in", "out", """
            {"source": {"type": "DelimitedTextSource"}, "sink": {"type": "AzureSqlSink", "tableOption": "autoCreate"},
             "translator": {"type": "TabularTranslator", "mappings": [{"source": {"name": "id"}, "sink": {"name": "id", "type": "Int32"}},
               {"source": {"name": "name"}, "sink": {"name": "name"}}]}}""");
        assertThat(world.columns("dbo", "people")).containsExactly("id int", "name nvarchar(max)");
        assertThat(world.rows("dbo", "people")).containsExactly("1|Ann", "2|Bob");
    }

    @Test
    void missingTableFails() {
        assertThatThrownBy(() -> world.copy("in", "out", TO_TABLE)).hasMessageContaining("ErrorCode=SqlOperationFailed")
            .hasMessageContaining("Invalid object name 'dbo.people'");
    }

    @Test
    void repeatedCopyAfterACrashInsertsNothingTwice() {
        people();
        ObjectNode first = world.copy("in", "out", TO_TABLE);
        world.loseJournal();
        ObjectNode second = world.copy("in", "out", TO_TABLE);
        assertThat(world.rows("dbo", "people")).hasSize(2);
        assertThat(second.path("rowsCopied")).isEqualTo(first.path("rowsCopied"));
        assertThat(second.path("dataWritten")).isEqualTo(first.path("dataWritten"));
    }

    @Test
    void badRowFailsTheCopyAndLeavesTheTableAsItWas() {
        people();
        world.file("in/b.csv", "id,name\n3,Cy\nfour,Di\n");
        assertThatThrownBy(() -> world.copy("in", "out", TO_TABLE)).hasMessageContaining("ErrorCode=UserErrorInvalidDataValue")
            .hasMessageContaining("Column 'id' contains an invalid value 'four'. Cannot convert 'four' to type 'Int32'.");
        assertThat(world.rows("dbo", "people")).isEmpty();
    }

    @Test
    void failedCopyLeavesNoTable() {
        world.file("in/b.csv", "id,name\nfour,Di\n");
        assertThatThrownBy(() -> world.copy("in", "out", """
            {"source": {"type": "DelimitedTextSource"}, "sink": {"type": "AzureSqlSink", "tableOption": "autoCreate"},
             "translator": {"mappings": [{"source": {"name": "id"}, "sink": {"name": "id", "type": "Int32"}}]}}"""))
            .hasMessageContaining("four");
        assertThat(world.columns("dbo", "people")).isEmpty();
    }

    @Test
    void skipsBadAndDoubledRows() {
        people();
        world.file("in/a.csv", "id,name\n1,Ann\nx,Bad\n1,Twice\n2,Bob\n3,This name is far too long for it\n,Null\n");
        ObjectNode output = world.copy("in", "out", """
            {"source": {"type": "DelimitedTextSource"}, "sink": {"type": "AzureSqlSink"}, "enableSkipIncompatibleRow": true,
             "redirectIncompatibleRowSettings": {"linkedServiceName": {"referenceName": "lake", "type": "LinkedServiceReference"},
               "path": "data/errors"}, "validateDataConsistency": true}""");
        assertThat(world.rows("dbo", "people")).containsExactly("1|Ann|null", "2|Bob|null");
        assertThat(output.path("rowsRead").asInt()).isEqualTo(6);
        assertThat(output.path("rowsSkipped").asInt()).isEqualTo(4);
        assertThat(output.path("redirectRowPath").asString()).startsWith("data/errors/");
        assertThat(output.at("/dataConsistencyVerification/VerificationResult").asString()).isEqualTo("Verified");
        assertThat(world.read("errors/" + world.list("errors").getFirst()).lines())
            .anyMatch(line -> line.startsWith("\"x\",\"Bad\",\"UserErrorInvalidDataValue\",\"Column 'id' contains an invalid value 'x'."))
            .anyMatch(line -> line.startsWith("\"1\",\"Twice\",\"2627\",\"Violation of PRIMARY KEY constraint")
                && line.contains("The duplicate key value is (1)"))
            .anyMatch(line -> line.contains("would be truncated")).anyMatch(line -> line.contains("does not allow nulls")).hasSize(4);
    }

    @Test
    void updatesKnownKeysAndInsertsTheOthers() {
        people();
        world.copy("in", "out", TO_TABLE);
        world.loseJournal();
        world.nextRun();
        world.file("in/a.csv", "id,name\n2,Bert\n3,Cy\n");
        world.copy("in", "out", """
            {"source": {"type": "DelimitedTextSource"}, "sink": {"type": "AzureSqlSink", "writeBehavior": "upsert",
             "upsertSettings": {"useTempDB": true, "keys": ["id"]}, "sqlWriterUseTableLock": false}}""");
        assertThat(world.rows("dbo", "people")).containsExactlyInAnyOrder("1|Ann|null", "2|Bert|null", "3|Cy|null");
    }

    @Test
    void upsertNeedsKeys() {
        world.create(List.of(Column.of("id", ScalarType.STRING), Column.of("name", ScalarType.STRING)), List.of());
        assertThatThrownBy(() -> world.copy("in", "out", "{\"source\": {\"type\": \"DelimitedTextSource\"}, "
            + "\"sink\": {\"type\": \"AzureSqlSink\", \"writeBehavior\": \"upsert\"}}")).hasMessageContaining("needs 'keys'");
        assertThatThrownBy(() -> world.copy("in", "out", "{\"source\": {\"type\": \"DelimitedTextSource\"}, \"sink\": {\"type\": "
            + "\"AzureSqlSink\", \"writeBehavior\": \"upsert\", \"upsertSettings\": {\"keys\": [\"key\"]}}}"))
            .hasMessageContaining("'key' is not among the columns");
    }

    @Test
    void writesTableRowsAsAzurePrintsThem() {
        world.create(List.of(Column.of("id", ScalarType.INT32), Column.of("ok", ScalarType.BOOLEAN), Column.of("d", ScalarType.DATE),
            Column.of("t", ScalarType.TIME), Column.of("price", new DecimalType(10, 2)), Column.of("x", ScalarType.FLOAT64)),
            List.of("id"));
        world.file("rows/a.csv", "id,ok,d,t,price,x\n1,true,2024-02-03,04:05:06,2.5,1e21\n2,False,2/3/2024,23:59:59.5,,3.0\n")
            .files("rows", "DelimitedText", "rows", "a.csv", HEADER).files("file", "DelimitedText", "file", null, HEADER);
        world.copy("rows", "out", TO_TABLE);
        world.loseJournal();
        ObjectNode output = world.copy("out", "file", """
            {"source": {"type": "AzureSqlSource", "queryTimeout": "02:00:00", "partitionOption": "None", "isolationLevel": "ReadCommitted"},
             "sink": {"type": "DelimitedTextSink", "formatSettings": {"type": "DelimitedTextWriteSettings", "fileExtension": ".csv"}}}""");
        assertThat(world.list("file")).containsExactly("dbo.people.csv");
        assertThat(world.read("file/dbo.people.csv")).isEqualTo("id,ok,d,t,price,x\r\n"
            + "1,True,2024-02-03 00:00:00.0000000,04:05:06,2.50,1E+21\r\n2,False,2024-02-03 00:00:00.0000000,23:59:59.5000000,,3\r\n");
        assertThat(output.path("dataRead").asInt()).isPositive();
        assertThat(output.has("filesRead")).isFalse();
    }

    @Test
    void readsAQueryWithPartitionsPlaceHolder() {
        people();
        world.copy("in", "out", TO_TABLE);
        world.nextRun();
        world.files("file", "DelimitedText", "file", "q.csv", HEADER);
        world.copy("out", "file", """
            {"source": {"type": "AzureSqlSource", "sqlReaderQuery": "SELECT UPPER(name) AS name, id * 10 FROM dbo.people
              WHERE ?AdfDynamicRangePartitionCondition AND id > 1", "partitionOption": "DynamicRange",
              "partitionSettings": {"partitionColumnName": "id"}}, "sink": {"type": "DelimitedTextSink"}}""".replace("\n", " "));
        assertThat(world.read("file/q.csv")).isEqualTo("name,Column2\r\nBOB,20\r\n");
    }

    @Test
    void runsTheScriptBeforeTheRowsInTheSameTransaction() {
        people();
        world.copy("in", "out", TO_TABLE);
        world.nextRun();
        String reload = "{\"source\": {\"type\": \"DelimitedTextSource\"}, "
            + "\"sink\": {\"type\": \"AzureSqlSink\", \"preCopyScript\": "
            + "\"DELETE FROM dbo.people WHERE id = 1; TRUNCATE TABLE dbo.people\"}}";
        world.copy("in", "out", reload);
        assertThat(world.rows("dbo", "people")).containsExactly("1|Ann|null", "2|Bob|null");
        world.nextRun();
        world.file("in/a.csv", "id,name\nx,Bad\n");
        assertThatThrownBy(() -> world.copy("in", "out", reload)).hasMessageContaining("'x'");
        assertThat(world.rows("dbo", "people")).hasSize(2);
    }

    @Test
    void readsAStoredProcedure() {
        people();
        world.copy("in", "out", TO_TABLE);
        world.nextRun();
        world.files("file", "Json", "file", "p.json", null);
        world.script("CREATE PROCEDURE dbo.names @least int AS SELECT name FROM dbo.people WHERE id >= @least");
        world.copy("out", "file", """
            {"source": {"type": "AzureSqlSource", "sqlReaderStoredProcedureName": "[dbo].[names]",
              "storedProcedureParameters": {"least": {"type": "Int32", "value": "2"}}}, "sink": {"type": "JsonSink"}}""");
        assertThat(world.read("file/p.json").strip()).isEqualTo("{\"name\":\"Bob\"}");
    }

    @Test
    void partitionsNeedAColumn() {
        world.create(List.of(Column.of("id", ScalarType.INT32)), List.of());
        world.files("file", "DelimitedText", "file", null, HEADER);
        assertThatThrownBy(() -> world.copy("out", "file", """
            {"source": {"type": "AzureSqlSource", "partitionOption": "DynamicRange"}, "sink": {"type": "DelimitedTextSink"}}"""))
            .hasMessageContaining("ErrorCode=SqlParallelFailedToDetectPartitionColumn");
    }

    @Test
    void callsAProcedureWithTheRows() {
        world.script("""
            CREATE TABLE dbo.people (id INT PRIMARY KEY, name NVARCHAR(20), source NVARCHAR(10));
            INSERT INTO dbo.people VALUES (1, N'old', N'before');
            CREATE TYPE dbo.PersonType AS TABLE (id INT NOT NULL, name NVARCHAR(20));
            GO
            CREATE PROCEDURE dbo.spMerge @source NVARCHAR(10), @rows dbo.PersonType READONLY AS
            BEGIN
                UPDATE p SET name = r.name FROM dbo.people AS p JOIN @rows AS r ON r.id = p.id;
                INSERT INTO dbo.people SELECT r.id, r.name, @source FROM @rows AS r
                    WHERE NOT EXISTS (SELECT 1 FROM dbo.people AS p WHERE p.id = r.id);
            END
            """);
        world.file("in/a.csv", "name,id\nnew,1\nAda,2\n")
            .files("in", "DelimitedText", "in", "a.csv", HEADER).table("people", "dbo", "people");
        world.nextRun();
        String copy = """
            {"source": {"type": "DelimitedTextSource"}, "sink": {"type": "AzureSqlSink", "sqlWriterStoredProcedureName": "[dbo].[spMerge]",
             "sqlWriterTableType": "dbo.PersonType", "storedProcedureTableTypeParameterName": "rows",
             "storedProcedureParameters": {"source": {"value": "file", "type": "String"}}}}""";
        assertThat(world.copy("in", "people", copy).path("rowsCopied").asInt()).isEqualTo(2);
        assertThat(world.rows("dbo", "people")).containsExactlyInAnyOrder("1|new|before", "2|Ada|file");
        world.nextRun();
        assertThatThrownBy(() -> world.copy("in", "people", copy.replace("dbo.PersonType", "dbo.PersonTyp").replace("Azure", "Sql")))
            .hasMessageContaining("Cannot find data type persontyp");
        assertThatThrownBy(() -> world.copy("in", "people", copy.replace("storedProcedureTableTypeParameterName", "other")))
            .hasMessageContaining("needs storedProcedureTableTypeParameterName");
    }

    private void people() {
        Column name = new Column("name", ScalarType.STRING, "nvarchar(10)", true, Optional.of(10), Optional.empty(), Optional.empty());
        Column id = new Column("id", ScalarType.INT32, "int", false, Optional.empty(), Optional.empty(), Optional.empty());
        world.create(List.of(id, name, Column.of("note", ScalarType.STRING)), List.of("id"));
    }
}
