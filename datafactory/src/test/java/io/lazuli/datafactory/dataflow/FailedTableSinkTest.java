package io.lazuli.datafactory.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink that fails leaves its table as it was, its scripts undone. */
class FailedTableSinkTest {
    private static final String SOURCE = "source(output(id as integer, name as string), allowSchemaDrift: false) ~> s\n";
    @TempDir
    private Path folder;
    private FlowWorld world;

    @BeforeEach
    void open() {
        world = new FlowWorld(folder).csv("in", "in", "").table("people", "people").file("in/a.csv", "id,name\n1,Ann\n2,Bob\n");
        world.sql("CREATE TABLE dbo.people (id int PRIMARY KEY, name nvarchar(20)); INSERT dbo.people VALUES (7, 'old')");
    }

    private String failure(String script) {
        world.flow("f", List.of("s=in"), List.of("people=people"), SOURCE + script);
        return world.run("f").message();
    }

    private List<String> table() {
        return world.sql("SELECT * FROM dbo.people ORDER BY id");
    }

    @Test
    void aValueThatDoesNotFitUndoesTheScriptBeforeAndTheTruncation() {
        assertThat(failure("""
            s derive(id = iif(id == 2, 'two', toString(id))) ~> d
            d sink(truncate: true, format: 'table', preSQLs: ["INSERT dbo.people VALUES (8, 'before')"]) ~> people"""))
            .contains("at Sink 'people'", "'two' is no INTEGER");
        assertThat(table()).containsExactly("7|old");
    }

    @Test
    void aScriptBehindThatFailsBringsBackTheOldTableWithItsColumns() {
        assertThat(failure("""
            s derive(more = 5) ~> d
            d sink(recreate: true, format: 'table', postSQLs: ["INSERT dbo.people VALUES ('too few')"]) ~> people"""))
            .contains("at Sink 'people'", "1 values for 3 columns");
        assertThat(table()).containsExactly("7|old");
    }

    @Test
    void rowsOfTheSameKeyAreNoUpsert() {
        assertThat(failure("""
            s derive(id = 7) ~> d
            d alterRow(upsertIf(true())) ~> a
            a sink(upsertable: true, insertable: false, keys: ['id'], format: 'table') ~> people"""))
            .contains("at Sink 'people'", "(id) = (7) more than once");
        assertThat(table()).containsExactly("7|old");
    }

    @Test
    void insertsBeforeAKeyThatIsThereAreUndone() {
        assertThat(failure("""
            s derive(id = iif(id == 2, 7, id)) ~> d
            d sink(insertable: true, format: 'table') ~> people""")).contains("at Sink 'people'");
        assertThat(table()).containsExactly("7|old");
    }

    @Test
    void theSinkBeforeItStaysWritten() {
        world.csv("out", "out", "");
        world.flow("f", List.of("s=in"), List.of("out=out", "people=people"), SOURCE + """
            s sink(partitionFileNames: ['x.csv'], saveOrder: 1) ~> out
            s sink(insertable: true, format: 'table', saveOrder: 2, postSQLs: ['INSERT dbo.nowhere VALUES (1)']) ~> people""");
        assertThat(world.run("f").message()).contains("at Sink 'people'");
        assertThat(world.text("out/x.csv")).isEqualTo("id,name\n1,Ann\n2,Bob\n");
        assertThat(table()).containsExactly("7|old");
    }

    @Test
    void rowsThatFailedAnAssertionAndHaveNoPlaceKeepTheOthersFromTheTable() {
        assertThat(failure("""
            s assert(expectTrue(id < 2, false, 'small')) ~> c
            c sink(insertable: true, format: 'table', outputAssertFailedRows: true, assertFailure_fileSystem: 'data',
                assertFailure_folderPath: 'in/a.csv') ~> people""")).contains("at Sink 'people'", "'in/a.csv' is a file, not a folder");
        assertThat(table()).containsExactly("7|old");
    }

    @Test
    void aTableThatFailsLeavesNoFileOfRowsThatFailedAnAssertion() {
        assertThat(failure("""
            s assert(expectTrue(id < 2, false, 'small')) ~> c
            c sink(insertable: true, format: 'table', outputAssertFailedRows: true, assertFailure_fileSystem: 'data',
                assertFailure_folderPath: 'failed', postSQLs: ['INSERT dbo.nowhere VALUES (1)']) ~> people"""))
            .contains("at Sink 'people'");
        assertThat(table()).containsExactly("7|old");
        assertThat(world.files()).containsExactly("in/a.csv");
    }
}
