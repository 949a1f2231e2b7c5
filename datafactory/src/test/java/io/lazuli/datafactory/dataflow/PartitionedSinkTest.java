package io.lazuli.datafactory.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.datafactory.run.RunRecord;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionedSinkTest {
    private static final String SOURCE = "source(output(id as integer, city as string), allowSchemaDrift: false) ~> s\n";

    @TempDir
    private Path folder;
    private FlowWorld world;

    @BeforeEach
    void open() {
        world = new FlowWorld(folder).csv("in", "in", "").csv("out", "out", "");
        world.file("in/a.csv", "id,city\n1,Oslo\n2,Rome\n3,Oslo\n4,Paris\n5,Rome\n");
    }

    private void sink(String options) {
        world.flow("f", List.of("s=in"), List.of("out=out"), SOURCE + "s sink(" + options + ") ~> out");
        assertThat(world.run("f").message()).isEmpty();
    }

    @Test
    void namesAFileForEachPartition() {
        sink("partitionFileNames:['x.csv', 'y.csv'], partitionBy('roundRobin', 2)");
        assertThat(world.text("out/x.csv")).isEqualTo("id,city\n1,Oslo\n3,Oslo\n5,Rome\n");
        assertThat(world.text("out/y.csv")).isEqualTo("id,city\n2,Rome\n4,Paris\n");
    }

    @Test
    void asManyNamesAreAsManyPartitionsWhenNoneAreAskedFor() {
        sink("partitionFileNames:['x.csv', 'y.csv', 'z.csv']");
        assertThat(world.files()).containsExactly("in/a.csv", "out/x.csv", "out/y.csv", "out/z.csv");
        assertThat(world.text("out/z.csv")).isEqualTo("id,city\n3,Oslo\n");
    }

    @Test
    void oneNameIsOneFileWhateverThePartitions() {
        sink("partitionFileNames:['x.csv'], partitionBy('roundRobin', 3)");
        assertThat(world.files()).containsExactly("in/a.csv", "out/x.csv");
    }

    @Test
    void patternsNumberThePartitions() {
        sink("filePattern: 'part[n].csv', partitionBy('dynamicRange', 2, city)");
        assertThat(world.text("out/part1.csv").lines().sorted()).containsExactly("1,Oslo", "3,Oslo", "4,Paris", "id,city");
        assertThat(world.text("out/part2.csv").lines().sorted()).containsExactly("2,Rome", "5,Rome", "id,city");
    }

    @Test
    void equalValuesHashIntoOneFileAndEmptyPartitionsHaveNone() {
        sink("filePattern: 'part[n].csv', partitionBy('hash', 50, city)");
        List<String> files = world.files().stream().filter(file -> file.startsWith("out/")).toList();
        assertThat(files).hasSizeBetween(1, 3);
        assertThat(files.stream().filter(file -> world.text(file).contains("Oslo"))).hasSize(1);
        assertThat(files.stream().flatMap(file -> world.text(file).lines().skip(1)).sorted())
            .containsExactly("1,Oslo", "2,Rome", "3,Oslo", "4,Paris", "5,Rome");
    }

    @Test
    void noRowsAreOneFile() {
        world.flow("f", List.of("s=in"), List.of("out=out"), SOURCE + """
            s filter(id > 9) ~> none
            none sink(filePattern: 'part[n].csv', partitionBy('roundRobin', 3)) ~> out""");
        assertThat(world.run("f").message()).isEmpty();
        assertThat(world.text("out/part1.csv")).isEqualTo("id,city\n");
        assertThat(world.files()).containsExactly("in/a.csv", "out/part1.csv");
    }

    @Test
    void goesOnAfterASinkThatFailsWhereTheActivitySaysSo() {
        world.csv("more", "more", "").flow("f", List.of("s=in"), List.of("bad=more", "good=out"), SOURCE + """
            s assert(expectTrue(id < 3, false, 'small', null, toString(id)), abort: true) ~> c
            c sink(partitionFileNames:['bad.csv'], saveOrder: 1) ~> bad
            s sink(partitionFileNames:['good.csv'], saveOrder: 2) ~> good""");
        RunRecord stopped = world.run("f");
        assertThat(stopped.message()).contains("at Sink 'bad'");
        assertThat(world.files()).containsExactly("in/a.csv");
        RunRecord run = world.run("f", "{}", ", \"continueOnError\": true");
        assertThat(run.message()).contains("at Sink 'bad'", "small");
        assertThat(run.activities().getFirst().output().at("/runStatus/metrics/good/rowsWritten").asInt()).isEqualTo(5);
        assertThat(world.files()).containsExactly("in/a.csv", "out/good.csv");
    }
}
