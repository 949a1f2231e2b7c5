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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data flows that read and write a database elsewhere, for which H2 stands. */
class RealDatabaseFlowTest {
    @TempDir
    private Path folder;
    private FlowWorld world;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException, IOException {
        String url = "jdbc:h2:mem:" + folder.getFileName() + ";DATABASE_TO_UPPER=FALSE";
        connection = DriverManager.getConnection(url);
        execute("CREATE SCHEMA dbo", "CREATE TABLE dbo.people (id INT PRIMARY KEY, name VARCHAR(20), price DECIMAL(10,2))",
            "INSERT INTO dbo.people VALUES (1, 'Ann', 1.50), (2, 'Bob', NULL), (3, 'Cy', 3)");
        world = new FlowWorld(folder).csv("in", "in", "").csv("out", "out", "").table("people", "people").table("copies", "copies");
        Files.writeString(folder.resolve("lazuli.yaml"),
            "linked-services:\n  db:\n    mode: real\n    jdbc:\n      url: " + url + "\n");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    private List<String> rows(String query) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet found = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getString(i));
                }
                rows.add(String.join("|", row.stream().map(String::valueOf).toList()));
            }
            return rows;
        }
    }

    private RunRecord run(String script, List<String> sources, List<String> sinks) {
        world.flow("f", sources, sinks, script);
        return world.run("f");
    }

    @Test
    void readsTablesAndQueries() {
        RunRecord run = run("""
            source(allowSchemaDrift: true, format: 'table') ~> t
            source(allowSchemaDrift: true, format: 'query', query: 'SELECT max(id) AS top FROM dbo.people') ~> q
            t, q join(true(), joinType: 'cross') ~> j
            j sort(asc(byName('id'), true)) ~> o
            o sink(partitionFileNames:['x.csv'], partitionBy('hash', 1)) ~> out""", List.of("t=people", "q=people"), List.of("out=out"));
        assertThat(run.message()).isEmpty();
        assertThat(world.text("out/x.csv")).isEqualTo("id,name,price,top\n1,Ann,1.50,3\n2,Bob,,3\n3,Cy,3.00,3\n");
    }

    @Test
    void readsTheRowsOfAProcedure() throws SQLException {
        execute("CREATE ALIAS dbo.cheaper AS 'java.sql.ResultSet cheaper(java.sql.Connection connection, int price, String name) "
            + "throws Exception { java.sql.PreparedStatement found = connection.prepareStatement("
            + "\"SELECT id, name FROM dbo.people WHERE price < ? AND name <> ?\"); found.setInt(1, price); found.setString(2, name); "
            + "return found.executeQuery(); }'");
        RunRecord run = run("""
            parameters{ top as integer (3) }
            source(allowSchemaDrift: true, format: 'procedure', procedureName: 'dbo.cheaper',
                procedureParameters: ['price' -> toString($top), 'name' -> 'Di']) ~> p
            p sink(partitionFileNames:['x.csv'], partitionBy('hash', 1)) ~> out""", List.of("p=people"), List.of("out=out"));
        assertThat(run.message()).isEmpty();
        assertThat(world.text("out/x.csv")).isEqualTo("id,name\n1,Ann\n");
    }

    @Test
    void insertsUpdatesUpsertsAndDeletesByKeys() throws SQLException {
        world.file("in/a.csv", "id,name,what\n1,Ada,update\n9,Nobody,update\n2,Bo,upsert\n4,Di,upsert\n3,,delete\n5,Ed,insert\n");
        RunRecord run = run("""
            source(output(id as integer, name as string, what as string), allowSchemaDrift: false) ~> s
            s alterRow(updateIf(what == 'update'), upsertIf(what == 'upsert'), deleteIf(what == 'delete'), insertIf(true())) ~> a
            a select(mapColumn(id, NAME = name)) ~> c
            c sink(insertable: true, updateable: true, upsertable: true, deletable: true, keys: ['id'], format: 'table',
                preSQLs: ['UPDATE dbo.people SET price = 7 WHERE id = 1']) ~> t""", List.of("s=in"), List.of("t=people"));
        assertThat(run.message()).isEmpty();
        assertThat(rows("SELECT id, name, price FROM dbo.people ORDER BY id"))
            .containsExactly("1|Ada|7.00", "2|Bo|null", "4|Di|null", "5|Ed|null");
    }

    @Test
    void makesTheTableAnewAndLeavesItWhenTheFlowFails() throws SQLException {
        world.file("in/a.csv", "id,name\n1,x\n2,y\n");
        assertThat(run("""
            source(output(id as integer, name as string), allowSchemaDrift: false) ~> s
            s sink(recreate: true, format: 'table') ~> t""", List.of("s=in"), List.of("t=copies")).message()).isEmpty();
        assertThat(rows("SELECT * FROM dbo.copies ORDER BY 1")).containsExactly("1|x", "2|y");
        RunRecord failed = run("""
            source(output(id as integer, name as string), allowSchemaDrift: false) ~> s
            s sink(insertable: true, truncate: true, format: 'table', postSQLs: ['SELECT nonsense']) ~> t""", List.of("s=in"),
            List.of("t=copies"));
        assertThat(failed.message()).contains("at Sink 't'");
        assertThat(rows("SELECT * FROM dbo.copies ORDER BY 1")).containsExactly("1|x", "2|y");
        assertThat(run("source(allowSchemaDrift: true) ~> s\ns sink(format: 'table') ~> t", List.of("s=in"), List.of("t=nowhere"))
            .message()).contains("nowhere");
    }
}
