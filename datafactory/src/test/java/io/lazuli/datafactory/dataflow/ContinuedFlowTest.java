package io.lazuli.datafactory.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows that go on where the last run ended, and the commands and outputs around them. */
class ContinuedFlowTest {
    @TempDir
    private Path folder;
    private FlowWorld world;

    @BeforeEach
    void open() {
        world = new FlowWorld(folder).csv("in", "in", "").csv("out", "out", "").table("orders", "orders");
    }

    private void flow(String options) {
        world.flow("f", List.of("s=orders"), List.of("t=out"), """
            source(output(id as integer, changed as timestamp), format: 'table', %s) ~> s
            s select(mapColumn(id)) ~> p
            p sort(asc(id, true)) ~> o
            o sink(partitionFileNames:['x.csv'], partitionBy('hash', 1)) ~> t""".formatted(options));
    }

    private String run() {
        assertThat(world.run("f").message()).isEmpty();
        return world.text("out/x.csv").replace("id\n", "").replace('\n', ' ').strip();
    }

    @Test
    void readsTheRowsOfATableThatAreNew() {
        world.sql("CREATE TABLE dbo.orders (id int, changed datetime2);"
            + "INSERT INTO dbo.orders VALUES (1, '2024-01-01T10:00:00'), (2, NULL)");
        flow("enableCdc: true, mode: 'read', skipInitialLoad: false, waterMarkColumn: 'changed', waterMarkColumnType: 'timestamp'");
        assertThat(run()).isEqualTo("1 2");
        assertThat(run()).isEmpty();
        world.sql("INSERT INTO dbo.orders VALUES (3, '2024-01-01T10:00:00.5'), (4, '2023-12-31')");
        assertThat(run()).isEqualTo("3");
        world.sql("DELETE FROM dbo.orders WHERE id = 3; INSERT INTO dbo.orders VALUES (5, '2024-01-01T10:00:00.2')");
        assertThat(run()).isEmpty();
    }

    @Test
    void aFailedRunIsDoneAgain() {
        world.sql("CREATE TABLE dbo.orders (id int, changed int); INSERT INTO dbo.orders VALUES (1, 1), (2, 2)");
        flow("enableCdc: true, waterMarkColumn: 'changed'");
        world.file("out/x.csv/in-the-way", "x");
        assertThat(world.run("f").message()).contains("at Sink 't'");
        world.sql("INSERT INTO dbo.orders VALUES (3, 3)");
        assertThat(world.lake().resolve("out/x.csv/in-the-way").toFile().delete()).isTrue();
        assertThat(world.lake().resolve("out/x.csv").toFile().delete()).isTrue();
        assertThat(run()).isEqualTo("1 2 3");
    }

    @Test
    void mayBeginWithWhatComesLater() {
        world.sql("CREATE TABLE dbo.orders (id int, changed int); INSERT INTO dbo.orders VALUES (1, 1)");
        flow("enableCdc: true, skipInitialLoad: true, incrementalColumn: 'changed'");
        assertThat(run()).isEmpty();
        world.sql("INSERT INTO dbo.orders VALUES (2, 2)");
        assertThat(run()).isEqualTo("2");
    }

    @Test
    void refusesNativeChangeDataCapture() {
        world.sql("CREATE TABLE dbo.orders (id int, changed int)");
        flow("enableCdc: true");
        assertThat(world.run("f").message()).contains("enableCdc of source 's' without waterMarkColumn (native change data capture)");
        flow("enableCdc: true, enableNativeCdc: true");
        assertThat(world.run("f").message()).contains("enableNativeCdc of source 's' is not supported");
    }

    @Test
    void readsTheFilesThatAreNew() throws IOException {
        world.file("in/a.csv", "id\n1\n").file("in/b.csv", "id\n2\n");
        world.flow("f", List.of("s=in"), List.of("t=out"), """
            source(output(id as integer), enableCdc: true, mode: 'read') ~> s
            s sort(asc(id, true)) ~> o
            o sink(partitionFileNames:['x.csv'], partitionBy('hash', 1)) ~> t""");
        assertThat(run()).isEqualTo("1 2");
        assertThat(run()).isEmpty();
        world.file("in/c.csv", "id\n3\n");
        Files.setLastModifiedTime(world.lake().resolve("in/c.csv"), FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(run()).isEqualTo("3");
    }

    @Test
    void runsFileCommandsBeforeAndBehindASink() {
        world.file("in/a.csv", "id\n1\n").file("old/y.csv", "y").file("old/deep/z.csv", "z").file("gone.csv", "g");
        world.flow("f", List.of("s=in"), List.of("t=out"), """
            source(output(id as integer)) ~> s
            s sink(partitionFileNames:['x.csv'], partitionBy('hash', 1), preCommands: ['cp -r /old /kept', 'rm -r old', 'rm /gone.csv'],
                postCommands: ['mkdir /done', 'mv /out/x.csv /done']) ~> t""");
        assertThat(world.run("f").message()).isEmpty();
        assertThat(world.files()).containsExactly("done/x.csv", "in/a.csv", "kept/deep/z.csv", "kept/y.csv");
        world.flow("f", List.of("s=in"), List.of("t=out"), """
            source(output(id as integer)) ~> s
            s sink(postCommands: ['rm -r /']) ~> t""");
        assertThat(world.run("f").message()).contains("names the whole container");
        world.flow("f", List.of("s=in"), List.of("t=out"), """
            source(output(id as integer)) ~> s
            s sink(preCommands: ['chmod 700 /in']) ~> t""");
        assertThat(world.run("f").message()).contains("The command 'chmod 700 /in' of sink 't' is not supported");
        assertThat(world.files()).containsExactly("done/x.csv", "in/a.csv", "kept/deep/z.csv", "kept/y.csv");
    }
}
