package io.lazuli.datafactory.dataflow;

import static io.lazuli.datafactory.dataflow.FlowWorld.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources and sinks that are tables of a database. */
class TableFlowTest {
    @TempDir
    private Path folder;
    private FlowWorld world;

    @BeforeEach
    void open() {
        world = FlowWorld.withPeople(folder);
    }

    @Test
    void rowsThatFailedAnAssertionGoToAFileToo() {
        world.flow("f", List.of("s=in"), List.of("t=people"), PEOPLE + """
            s assert(expectTrue(id < 3, false, 'small', null, toString(id) + ' is large'),
                expectTrue(left(name, 1) != 'C', false, 'name', null, 'a "C"')) ~> c
            c sink(insertable: true, recreate: true, format: 'table', outputAssertFailedRows: true, assertFailure_fileSystem: 'data',
                assertFailure_folderPath: 'failed/rows') ~> t""");
        world.succeed("f");
        assertThat(world.sql("SELECT id, name FROM people ORDER BY id")).containsExactly("1|Ann", "2|Bob", "3|Cy");
        String file = world.files().stream().filter(path -> path.startsWith("failed/rows/assert-failed-")).findFirst().orElseThrow();
        assertThat(file).endsWith("-t.csv");
        assertThat(world.text(file)).isEqualTo(
            "id,name,assertErrorMessages\n3,Cy,\"{\\\"small\\\":\\\"3 is large\\\",\\\"name\\\":\\\"a \\\\\\\"C\\\\\\\"\\\"}\"\n");
    }

    @Test
    void writesRowsByTheirPolicies() {
        world.sql("CREATE TABLE dbo.people (id int PRIMARY KEY, name nvarchar(20)); INSERT dbo.people VALUES (1, 'old'), (3, 'gone')");
        world.flow("f", List.of("s=in"), List.of("people=people"), PEOPLE + """
            s alterRow(deleteIf(id == 3), upsertIf(true())) ~> a
            a sink(deletable: true, insertable: false, updateable: false, upsertable: true, keys: ['id'], format: 'table',
                preSQLs: ["UPDATE dbo.people SET name = 'seen' WHERE id = 3"],
                postSQLs: ["INSERT dbo.people VALUES (9, 'after')"]) ~> people""");
        world.succeed("f");
        assertThat(world.sql("SELECT id, name FROM dbo.people ORDER BY id")).containsExactly("1|Ann", "2|Bob", "9|after");
    }

    @Test
    void readsTheRowsOfAProcedure() {
        world.sql("CREATE TABLE dbo.people (id int PRIMARY KEY, name nvarchar(20)); INSERT dbo.people VALUES (1, 'Ann'), (2, 'Bob')");
        world.sql("CREATE PROCEDURE dbo.found @from int, @but nvarchar(20) AS "
            + "SELECT id, name FROM dbo.people WHERE id >= @from AND name <> @but");
        world.table("people", "people").csv("out", "out", "").flow("f", List.of("p=people"), List.of("out=out"), """
            source(allowSchemaDrift: true, format: 'procedure', procedureName: '[dbo].[found]',
                procedureParameters: ['from' -> '1', '@but' -> 'Bob']) ~> p
            p sink(partitionFileNames:['x.csv'], partitionBy('hash', 1)) ~> out""");
        assertThat(world.run("f").message()).isEmpty();
        assertThat(world.text("out/x.csv")).isEqualTo("id,name\n1,Ann\n");
    }

    @Test
    void recreatesTruncatesAndReadsTables() {
        world.flow("f", List.of("s=in"), List.of("people=people"), PEOPLE + "s sink(recreate: true, format: 'table') ~> people");
        world.succeed("f");
        assertThat(world.sql("SELECT * FROM dbo.people ORDER BY id")).containsExactly("1|Ann", "2|Bob", "3|Cy");
        world.flow("g", List.of("s=people", "q=people"), List.of("people=people"), """
            source(output(id as integer, name as string), format: 'table') ~> s
            source(format: 'query', query: 'SELECT 10 + id AS id, name FROM dbo.people WHERE id = 1', allowSchemaDrift: true) ~> q
            s filter(id == 2) ~> f
            f, q union(byName: true) ~> u
            u sink(truncate: true, format: 'table') ~> people""");
        world.succeed("g");
        assertThat(world.sql("SELECT * FROM dbo.people ORDER BY id")).containsExactly("2|Bob", "11|Ann");
    }
}
