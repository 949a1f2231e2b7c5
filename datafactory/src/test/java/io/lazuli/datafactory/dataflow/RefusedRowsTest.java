package io.lazuli.datafactory.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.datafactory.run.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sinks that go on after rows that their table refuses. */
class RefusedRowsTest {
    private static final String PEOPLE = """
        id,name,age
        1,Ann,31
        2,Bartholomew,40
        3,Cy,old
        1,Dee,22
        ,Eve,5
        7,Fay,
        """;
    private static final String SINK = "format: 'table', errorHandlingOption: 'allowErrors', outputRejectedData: true, "
        + "rejectedData_fileSystem: 'data', rejectedData_folderPath: 'bad', ";
    @TempDir
    private Path folder;
    private FlowWorld world;

    @BeforeEach
    void open() {
        world = new FlowWorld(folder).csv("in", "in", "").csv("out", "out", "").table("people", "people");
        world.file("in/a.csv", PEOPLE);
    }

    private RunRecord run(String sink) {
        world.flow("f", List.of("s=in"), List.of("t=people"), """
            source(output(id as string, name as string, age as string), allowSchemaDrift: false) ~> s
            s sink(%s) ~> t""".formatted(sink));
        return world.run("f");
    }

    private String rejected() {
        List<String> files = world.files().stream().filter(file -> file.startsWith("bad/")).toList();
        assertThat(files).hasSize(1);
        return world.text(files.getFirst());
    }

    @Test
    void writesTheOtherRowsAndTellsWhyTheseWereRefused() {
        world.sql("CREATE TABLE dbo.people (id int NOT NULL PRIMARY KEY, name varchar(5), age smallint);"
            + "INSERT INTO dbo.people VALUES (7, 'Gus', 1)");
        assertThat(run(SINK + "reportSuccessOnError: true").message()).isEmpty();
        assertThat(world.sql("SELECT id, name, age FROM people ORDER BY id")).containsExactly("1|Ann|31", "7|Gus|1");
        assertThat(rejected()).isEqualTo("""
            id,name,age,Operation,ErrorCode,ErrorMessage
            2,Bartholomew,40,INSERT,2628,"String or binary data would be truncated in table 'dbo.people', column 'name'. \
            Truncated value: 'Barth'."
            3,Cy,old,INSERT,245,Conversion failed when converting the nvarchar value 'old' to data type smallint.
            1,Dee,22,INSERT,2627,Violation of PRIMARY KEY constraint. Cannot insert duplicate key in object 'dbo.people'. \
            The duplicate key value is (1).
            ,Eve,5,INSERT,515,"Cannot insert the value NULL into column 'id', table 'dbo.people'; column does not allow nulls. \
            INSERT fails."
            7,Fay,,INSERT,2627,Violation of PRIMARY KEY constraint. Cannot insert duplicate key in object 'dbo.people'. \
            The duplicate key value is (7).
            """);
    }

    @Test
    void failsInTheEndUnlessThatIsASuccess() {
        world.sql("CREATE TABLE dbo.people (id int, name varchar(5), age smallint);");
        RunRecord run = run(SINK + "saveOrder: 1");
        assertThat(run.message()).contains("DF-MSSQL-ErrorRowsFound").contains("2 rows were refused while writing to sink 't'")
            .contains("error 2628");
        assertThat(world.sql("SELECT id, name, age FROM people ORDER BY name"))
            .containsExactly("1|Ann|31", "1|Dee|22", "null|Eve|5", "7|Fay|null");
        assertThat(rejected()).hasLineCount(3);
    }

    @Test
    void batchesBeforeAFailureStay() {
        world.sql("CREATE TABLE dbo.people (id int, name varchar(50), age smallint);");
        assertThat(run("format: 'table', errorHandlingOption: 'allowErrors', transactionCommit: 'batch', batchSize: 2, "
            + "reportSuccessOnError: true, postSQLs: ['SELECT nonsense']").message()).contains("at Sink 't'");
        assertThat(world.sql("SELECT count(*) FROM people")).containsExactly("5");
        assertThat(run("format: 'table', errorHandlingOption: 'allowErrors', transactionCommit: 'single', truncate: true, "
            + "reportSuccessOnError: true, postSQLs: ['SELECT nonsense']").message()).contains("at Sink 't'");
        assertThat(world.sql("SELECT count(*) FROM people")).containsExactly("5");
        assertThat(world.files()).noneMatch(file -> file.startsWith("bad/"));
    }

    @Test
    void marksOfRowsDecideWhatWasDoneWithThem() {
        world.sql("CREATE TABLE dbo.people (id int PRIMARY KEY, name varchar(5), age smallint NOT NULL);"
            + "INSERT INTO dbo.people VALUES (1, 'Gus', 1), (2, 'Hal', 2), (3, 'Ida', 3)");
        world.file("in/a.csv", "id,name,age,what\n1,Ada,,update\n2,Bo,9,upsert\n2,Cy,8,upsert\nx,,1,delete\n3,,1,delete\n3,Di,7,insert\n");
        world.flow("f", List.of("s=in"), List.of("t=people"), """
            source(output(id as string, name as string, age as string, what as string), allowSchemaDrift: false) ~> s
            s alterRow(updateIf(what == 'update'), upsertIf(what == 'upsert'), deleteIf(what == 'delete'), insertIf(true())) ~> a
            a sink(mapColumn(id, name, age), insertable: true, updateable: true, upsertable: true, deletable: true, keys: ['id'],
                %s reportSuccessOnError: true) ~> t""".formatted(SINK));
        assertThat(world.run("f").message()).isEmpty();
        assertThat(world.sql("SELECT id, name, age FROM people ORDER BY id")).containsExactly("1|Gus|1", "2|Bo|9", "3|Di|7");
        assertThat(rejected().lines().map(line -> line.replaceFirst(",\"?[A-Z][^,]*$|,[^,]* fails.\"?$", ""))).containsExactly(
            "id,name,age,Operation,ErrorCode", "1,Ada,,UPDATE,515,\"Cannot insert the value NULL into column 'age'",
            "2,Cy,8,UPSERT,8672", "x,,1,DELETE,245");
    }

    @Test
    void keysThatAreNotWrittenAreNumberedByTheTable() {
        world.sql("CREATE TABLE dbo.people (id int IDENTITY(10,1) PRIMARY KEY, name varchar(50));"
            + "INSERT INTO dbo.people (name) VALUES ('Gus')");
        world.file("in/a.csv", "id,name\n10,Ada\n77,Bob\n");
        world.flow("f", List.of("s=in"), List.of("t=people"), """
            source(output(id as integer, name as string), allowSchemaDrift: false) ~> s
            s alterRow(upsertIf(true())) ~> a
            a sink(insertable: false, upsertable: true, keys: ['id'], skipKeyWrites: true, format: 'table') ~> t""");
        assertThat(world.run("f").message()).isEmpty();
        assertThat(world.sql("SELECT id, name FROM people ORDER BY id")).containsExactly("10|Ada", "11|Bob");
    }

    @Test
    void filesRefuseNoRows() {
        world.flow("f", List.of("s=in"), List.of("t=out"), """
            source(allowSchemaDrift: true) ~> s
            s sink(errorHandlingOption: 'allowErrors') ~> t""");
        assertThat(world.run("f").message()).contains("errorHandlingOption: 'allowErrors' of sink 't' is not supported");
    }

    @Test
    void realDatabasesDecideThemselves() throws SQLException, IOException {
        String url = "jdbc:h2:mem:" + folder.getFileName() + ";DATABASE_TO_UPPER=FALSE";
        try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA dbo");
            statement.execute("CREATE TABLE dbo.people (id INT PRIMARY KEY, name VARCHAR(5), age SMALLINT CHECK (age > 6))");
            Files.writeString(folder.resolve("lazuli.yaml"),
                "linked-services:\n  db:\n    mode: real\n    jdbc:\n      url: " + url + "\n");
            assertThat(run(SINK + "reportSuccessOnError: true, transactionCommit: 'batch', batchSize: 3").message()).isEmpty();
            assertThat(rows(statement)).containsExactly("1|Ann|31", "7|Fay|null");
            assertThat(rejected().lines().map(line -> line.split(",INSERT,").length > 1 ? line.replaceFirst(",INSERT,(\\d+).*", " $1")
                : line).filter(line -> line.matches("id,.*|.* \\d+"))).containsExactly("id,name,age,Operation,ErrorCode,ErrorMessage",
                "2,Bartholomew,40 22001", "3,Cy,old 245", "1,Dee,22 23505", ",Eve,5 23502");
        }
    }

    private static List<String> rows(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT id, name, age FROM dbo.people ORDER BY id")) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(found.getString(1) + "|" + found.getString(2) + "|" + found.getString(3));
            }
            return rows;
        }
    }
}
