package io.lazuli.datafactory.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.datafactory.run.RunRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void rangesPartTheNumbersBetweenTwoBounds() {
        world.file("in/b.csv", "id,city\n-7,Bonn\n99,Lima\n,none\n");
        sink("filePattern: 'part[n].csv', partitionBy('range', 2, id, 1, 5)");
        assertThat(world.text("out/part1.csv")).isEqualTo("id,city\n1,Oslo\n2,Rome\n-7,Bonn\n,none\n");
        assertThat(world.text("out/part2.csv")).isEqualTo("id,city\n3,Oslo\n4,Paris\n5,Rome\n99,Lima\n");
    }

    @Test
    void rangesPartDatesBetweenTwoBounds() {
        world.file("in/a.csv", "id,city\n1,2024-01-01\n2,2024-06-30\n3,2024-07-02\n4,2024-12-31\n");
        world.flow("f", List.of("s=in"), List.of("out=out"), """
            source(output(id as integer, city as date)) ~> s
            s sink(filePattern: 'part[n].csv',
                partitionBy('range', 2, city, toDate('2024-01-01'), toTimestamp('2024-12-31 00:00:00'))) ~> out
            """);
        assertThat(world.run("f").message()).isEmpty();
        assertThat(world.text("out/part1.csv")).isEqualTo("id,city\n1,2024-01-01\n2,2024-06-30\n");
        assertThat(world.text("out/part2.csv")).isEqualTo("id,city\n3,2024-07-02\n4,2024-12-31\n");
        world.flow("f", List.of("s=in"), List.of("out=out"), SOURCE + "s sink(partitionBy('range', 2, id, 1, currentDate())) ~> out");
        assertThat(world.run("f").message()).contains("This bound of partitionBy('range', …) is a date, the column an integer", "line 2");
    }

    @Test
    void theBoundsDoNotMatterToOneFile() {
        sink("partitionFileNames:['x.csv'], partitionBy('range', 2, id, city, city)");
        assertThat(written()).containsExactly("out/x.csv");
    }

    @Test
    void bothZeroesHashIntoOneFile() {
        world.file("in/a.csv", "id,city\n1,0.0\n2,-0.0\n");
        sink("filePattern: 'part[n].csv', partitionBy('hash', 50, toDouble(city))");
        assertThat(written()).hasSize(1);
    }

    @Test
    void filesWithoutAHeaderHaveAllColumnsOfTheScript() {
        world.csv("bare", "bare", ", \"firstRowAsHeader\": false").file("bare/a.csv", "1\n2,x,y\n");
        world.flow("f", List.of("s=bare"), List.of("out=out"), """
            source(output(a as integer, b as string, c as string), allowSchemaDrift: false) ~> s
            s sink(partitionFileNames: ['x.csv']) ~> out
            """);
        assertThat(world.run("f").message()).isEmpty();
        assertThat(world.text("out/x.csv")).isEqualTo("a,b,c\n1,,\n2,x,y\n");
    }

    @Test
    void valuesBeyondTheColumnsAreLeftOutHoweverMany() {
        world.file("in/a.csv", "id,city\n1,\"Oslo\"\n2,Rome" + ",x".repeat(100) + "\n");
        sink("partitionFileNames: ['x.csv']");
        assertThat(world.text("out/x.csv")).isEqualTo("id,city\n1,Oslo\n2,Rome\n");
    }

    @Test
    void rangesWithoutBoundsAreFoundInTheRows() {
        sink("filePattern: 'part[n].csv', partitionBy('range', 2, city)");
        assertThat(world.text("out/part2.csv").lines().sorted()).containsExactly("2,Rome", "5,Rome", "id,city");
    }

    @Test
    void refusesRangesOfTextsAndBoundsThatAreNone() {
        world.flow("f", List.of("s=in"), List.of("out=out"), SOURCE + "s sink(partitionBy('range', 2, city, 1, 5)) ~> out");
        assertThat(world.run("f").message()).contains("is for numbers and dates, not for a string", "line 2");
        world.flow("f", List.of("s=in"), List.of("out=out"), SOURCE + "s sink(partitionBy('range', 2, id, 'a', 'b')) ~> out");
        assertThat(world.run("f").message()).contains("whose bounds are numbers or dates", "line 2");
        assertThat(written()).isEmpty();
    }

    @Test
    void manyValuesHaveAFileEachWithTheirRowsInOrder() {
        int rows = 5000;
        StringBuilder text = new StringBuilder("id,city\n");
        for (int i = 0; i < rows; i++) {
            text.append(i).append(",c").append(i % 100).append('\n');
        }
        world.file("in/a.csv", text.toString());
        sink("partitionBy('key', 0, city)");
        assertThat(written()).hasSize(100);
        String file = written().stream().filter(name -> name.startsWith("out/city=c42/")).findFirst().orElseThrow();
        assertThat(world.text(file).lines().skip(1)).containsExactlyElementsOf(
            IntStream.range(0, 50).mapToObj(i -> String.valueOf(42 + 100 * i)).toList());
    }

    /** The CRC-32 of the three cities differ modulo 50; a null has a partition too. */
    @Test
    void equalValuesHashIntoOneFileAndEmptyPartitionsHaveNone() {
        world.file("in/b.csv", "id,city\n6,\n");
        sink("filePattern: 'part[n].csv', partitionBy('hash', 50, city)");
        assertThat(written().stream().map(file -> world.text(file).lines().skip(1).sorted().toList()))
            .containsExactlyInAnyOrder(List.of("1,Oslo", "3,Oslo"), List.of("2,Rome", "5,Rome"), List.of("4,Paris"), List.of("6,"));
    }

    private List<String> written() {
        return world.files().stream().filter(file -> file.startsWith("out/")).toList();
    }

    @Test
    void hashesWhatComesInNotOnlyWhatIsWritten() {
        world.flow("f", List.of("s=in"), List.of("out=out"), "parameters{column as string ('city'), count as integer (50)}\n" + SOURCE + """
            s sink(mapColumn(number = id), filePattern: 'part[n].csv',
                partitionBy('hash', $count, byName($column), upper(s@city), number % 1)) ~> out""");
        assertThat(world.run("f").message()).isEmpty();
        assertThat(written().stream().map(file -> world.text(file).lines().sorted().toList()))
            .containsExactlyInAnyOrder(List.of("1", "3", "number"), List.of("2", "5", "number"), List.of("4", "number"));
    }

    @Test
    void refusesPartitionsByAColumnThatIsNotThere() {
        world.flow("f", List.of("s=in"), List.of("out=out"), SOURCE + "s sink(partitionBy('hash', 4, town)) ~> out");
        assertThat(world.run("f").message()).contains("town", "line 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "partitionFileNames:['x.csv'], ", "filePattern: 'x.csv', "})
    void refusesPartitionsThatThereAreNotAlsoForOneFile(String names) {
        world.flow("f", List.of("s=in"), List.of("out=out"), SOURCE + "s sink(" + names + "partitionBy('hsh', 1)) ~> out");
        assertThat(world.run("f").message()).contains("There are no partitions 'hsh'", "did you mean 'hash'?", "SYNTAX_ERROR");
        world.flow("f", List.of("s=in"), List.of("out=out"), SOURCE + "s sink(" + names + "partitionBy('hash', 10001)) ~> out");
        assertThat(world.run("f").message()).contains("10001 partitions are too many", "INVALID_ARGUMENT");
        assertThat(written()).isEmpty();
    }

    @Test
    void aPatternWithoutNumberIsOneFile() {
        sink("filePattern: 'all.csv', partitionBy('roundRobin', 3)");
        assertThat(written()).containsExactly("out/all.csv");
        assertThat(world.text("out/all.csv")).isEqualTo(world.text("in/a.csv"));
    }

    @Test
    void refusesOneNameForSeveralPartitions() {
        world.flow("f", List.of("s=in"), List.of("out=out"), SOURCE + "s sink(partitionFileNames:['x.csv', 'y.csv', 'x.csv']) ~> out");
        assertThat(world.run("f").message()).contains("Several partitions mean the same file 'out/x.csv' of sink 'out'", "line 2",
            "INVALID_ARGUMENT");
        assertThat(written()).isEmpty();
    }

    @Test
    void rangesOfManyRowsHaveEachRowOnce() {
        int rows = 300_000;
        StringBuilder text = new StringBuilder("id,city\n");
        for (int i = 0; i < rows; i++) {
            text.append(i).append(",c").append(i % 7).append('\n');
        }
        world.file("in/a.csv", text.toString());
        sink("filePattern: 'part[n].csv', partitionBy('dynamicRange', 3, city)");
        assertThat(written()).containsExactly("out/part1.csv", "out/part2.csv", "out/part3.csv");
        List<List<String>> parts = written().stream().map(file -> world.text(file).lines().skip(1).toList()).toList();
        assertThat(parts.stream().map(part -> part.stream().map(line -> line.split(",")[1]).distinct().sorted().toList()))
            .containsExactly(List.of("c0", "c1", "c2"), List.of("c3", "c4"), List.of("c5", "c6"));
        assertThat(parts.stream().flatMap(List::stream).distinct()).hasSize(rows);
        assertThat(parts.stream().mapToInt(List::size).sum()).isEqualTo(rows);
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

    @Test
    void aSinkIsWrittenAlsoWhenItsSourceCannotBeCountedAfterwards() {
        sink("partitionFileNames:['x.csv'], postCommands: ['rm in/a.csv']");
        assertThat(world.files()).containsExactly("out/x.csv");
        world.file("in/a.csv", "id,city\n1,Oslo\n");
        assertThat(world.output("f", "{}").at("/runStatus/metrics/out").toString())
            .contains("\"rowsWritten\":1", "\"sources\":{}");
    }

    @Test
    void rowsOfAnUnfoldAreNotThoseBeforeIt() {
        world.flow("f", List.of("s=in"), List.of("out=out"), SOURCE + """
            s derive(letter = Unfold(split('a b', ' '))) ~> d
            d sink(partitionFileNames: ['x.csv']) ~> out""");
        assertThat(world.output("f", "{}").at("/runStatus/metrics/out/stages/0/streams/d/count").asInt()).isEqualTo(10);
    }
}
