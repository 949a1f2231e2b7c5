package io.lazuli.datafactory.dataflow;

import static io.lazuli.datafactory.dataflow.FlowWorld.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.datafactory.run.RunRecord;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** How a flow runs, and what it tells of that. */
class DataFlowRunTest {
    @TempDir
    private Path folder;
    private FlowWorld world;

    @BeforeEach
    void open() {
        world = FlowWorld.withPeople(folder);
    }

    @Test
    void writesOneFileAndTellsTheRowsOfSinkAndSources() {
        world.flow("f", List.of("s=in"), List.of("out=out"), PEOPLE + """
            s filter(id > 1) ~> f
            f sink(partitionFileNames:['people.csv'], partitionBy('hash', 1)) ~> out""");
        JsonNode output = world.output("f", "{}");
        assertThat(world.text("out/people.csv")).isEqualTo("id,name\n2,Bob\n3,Cy\n");
        assertThat(output.at("/runStatus/metrics/out/rowsWritten").asInt()).isEqualTo(2);
        assertThat(output.at("/runStatus/metrics/out/sources/s/rowsRead").asInt()).isEqualTo(3);
        assertThat(output.at("/runStatus/metrics/out/sinkProcessingTime").isIntegralNumber()).isTrue();
    }

    @Test
    void tellsTheRowsAndColumnsOfTransformations() {
        world.flow("f", List.of("s=in"), List.of("out=out"), PEOPLE + """
            s filter(id > 1) ~> f
            f derive(name = upper(name), twice = id * 2) ~> d
            d select(mapColumn(key = id, name, twice)) ~> c
            c sink(partitionFileNames:['x.csv']) ~> out""");
        JsonNode status = world.output("f", "{}").path("runStatus");
        JsonNode streams = status.at("/metrics/out/stages/0/streams");
        assertThat(streams.propertyNames()).containsExactly("s", "f", "d", "c");
        assertThat(streams.at("/s/count").asInt()).isEqualTo(3);
        assertThat(streams.at("/f/count").asInt()).isEqualTo(2);
        assertThat(status.at("/profile/d")).hasToString(
            "{\"computed\":[],\"lineage\":{},\"dropped\":0,\"drifted\":0,\"newer\":1,\"total\":3,\"updated\":1}");
        assertThat(status.at("/profile/out/computed")).hasToString("[{\"source\":\"s\",\"columns\":[\"id\"]}]");
        assertThat(status.at("/profile/out/lineage")).hasToString(
            "{\"key\":{\"mapped\":true,\"from\":[{\"source\":\"s\",\"columns\":[\"id\"]}]},"
            + "\"name\":{\"mapped\":false,\"from\":[{\"source\":\"s\",\"columns\":[\"name\"]}]},"
            + "\"twice\":{\"mapped\":false,\"from\":[{\"source\":\"s\",\"columns\":[\"id\"]}]}}");
        assertThat(status.path("dsl").asString())
            .isEqualTo("source() ~> s\ns filter() ~> f\nf derive() ~> d\nd select() ~> c\nc sink() ~> out");
    }

    @Test
    void theCurrentTimeIsThatAtWhichTheFlowStarted() {
        world.flow("f", List.of("s=in"), List.of("a=out", "b=more"), PEOPLE + """
            s derive(at = toString(currentTimestamp()), day = currentDate()) ~> d
            d sink(partitionFileNames:['x.csv'], saveOrder: 1) ~> a
            s derive(at = toString(currentUTC()), day = currentDate('UTC')) ~> e
            e sink(partitionFileNames:['x.csv'], saveOrder: 2) ~> b""");
        world.succeed("f");
        assertThat(world.text("out/x.csv")).isEqualTo(world.text("more/x.csv")).contains("20");
    }

    @Test
    void emptySinksAreNotAmongTheMetrics() {
        world.flow("f", List.of("s=in"), List.of("out=out", "more=more"), PEOPLE + """
            s split(id > 5, disjoint: false) ~> sp@(big, small)
            sp@big sink(partitionFileNames:['big.csv']) ~> out
            sp@small sink(partitionFileNames:['small.csv']) ~> more""");
        JsonNode metrics = world.output("f", "{}").at("/runStatus/metrics");
        assertThat(metrics.propertyNames()).containsExactly("more");
        assertThat(world.text("out/big.csv")).isEqualTo("id,name\n");
    }

    @Test
    void runsSharedPartsOnceAndSinksInTheirOrder() {
        world.flow("f", List.of("s=in"), List.of("b=out", "a=more"), PEOPLE + """
            s derive(token = uuid()) ~> d
            d sink(partitionFileNames:['x.csv'], saveOrder: 2) ~> b
            d sink(partitionFileNames:['x.csv'], saveOrder: 1) ~> a""");
        JsonNode metrics = world.output("f", "{}").at("/runStatus/metrics");
        assertThat(metrics.propertyNames()).containsExactly("a", "b");
        assertThat(world.text("out/x.csv")).isEqualTo(world.text("more/x.csv"));
    }

    @Test
    void keepsOfSharedPartsWhatEachSinkLooksAt() {
        world.file("in/a.csv", "id,name,age\n1,Ann,30\n2,Bob,40\n3,Cy,50\n").flow("f", List.of("s=in"), List.of("b=out", "a=more"), """
            source(output(id as integer, name as string, age as integer)) ~> s
            s derive(old = age >= 40, unused = name + '!') ~> d
            d aggregate(groupBy(old), ages = sum(age)) ~> g
            g sort(asc(old, true)) ~> sorted
            sorted sink(partitionFileNames:['x.csv'], partitionBy('hash', 1)) ~> b
            d filter(id != 2) ~> few
            few select(mapColumn(name)) ~> names
            names sink(partitionFileNames:['x.csv'], partitionBy('hash', 1)) ~> a""");
        world.succeed("f");
        assertThat(world.text("out/x.csv")).isEqualTo("old,ages\nfalse,30\ntrue,90\n");
        assertThat(world.text("more/x.csv")).isEqualTo("name\nAnn\nCy\n");
    }

    @Test
    void rowsOfParquetFilesStayTheSameForAllSinks() {
        world.dataset("columns", "Parquet", "columns").flow("first", List.of("s=in"), List.of("p=columns"),
            PEOPLE + "s sink(partitionFileNames:['p.parquet'], partitionBy('hash', 1)) ~> p");
        world.succeed("first");
        world.flow("f", List.of("s=columns"), List.of("p=columns", "b=out", "a=more"), """
            source(output(id as integer, name as string)) ~> s
            s filter(id > 1) ~> some
            some sink(partitionFileNames:['p.parquet'], partitionBy('hash', 1), saveOrder: 1) ~> p
            s derive(token = uuid()) ~> d
            d sink(partitionFileNames:['x.csv'], partitionBy('hash', 1), saveOrder: 2) ~> b
            d sink(partitionFileNames:['x.csv'], partitionBy('hash', 1), saveOrder: 3) ~> a""");
        JsonNode metrics = world.output("f", "{}").at("/runStatus/metrics");
        assertThat(metrics.at("/p/rowsWritten").asInt()).isEqualTo(2);
        assertThat(metrics.at("/b/rowsWritten").asInt()).isEqualTo(3);
        assertThat(world.text("out/x.csv")).isEqualTo(world.text("more/x.csv"));
    }

    @Test
    void aSinkThatFailsLeavesNothingOfItsOwn() {
        world.file("out/old.csv", "old\n").flow("f", List.of("s=in"), List.of("a=more", "b=out"), PEOPLE + """
            s sink(partitionFileNames:['a.csv'], saveOrder: 1) ~> a
            s assert(expectTrue(id < 3, false, 'small', null, toString(id)), abort: true) ~> c
            c sink(partitionFileNames:['b.csv'], truncate: true, saveOrder: 2) ~> b""");
        RunRecord run = world.run("f");
        assertThat(run.message()).contains("DFExecutorUserError", "Job failed due to reason: at Sink 'b'", "small");
        assertThat(world.files()).containsExactly("in/a.csv", "more/a.csv", "out/old.csv");
    }

    @Test
    void failedRowsNeedAPlace() {
        world.flow("f", List.of("s=in"), List.of("out=out"), PEOPLE + "s sink(outputAssertFailedRows: true) ~> out");
        assertThat(world.run("f").message()).contains("outputAssertFailedRows of sink 'out' needs assertFailure_container");
    }

    @Test
    void aValueThatFailsIsToldWithItsExpression() {
        world.flow("f", List.of("s=in"), List.of("out=out"), PEOPLE + """
            s derive(fine = id + 1,
              other = regexReplace(name, '[' + name, '')) ~> d
            d sort(desc(other)) ~> o
            o sink(partitionFileNames:['x.csv']) ~> out""");
        assertThat(world.run("f").message()).contains("at Sink 'out': Data flow 'f', line 3: Column 'other' of derive 'd': ",
            "\\n  other = regexReplace(name, '[' + name, '')) ~> d\\n          ^");
        assertThat(world.files()).containsExactly("in/a.csv");
    }

    @Test
    void cachedSinksGoToTheOutput() {
        world.flow("f", List.of("s=in"), List.of("top"), PEOPLE + """
            s aggregate(most = max(id)) ~> a
            a sink(store: 'cache', format: 'inline', output: true, saveOrder: 1) ~> top""");
        JsonNode output = world.output("f", "{}");
        assertThat(output.at("/runStatus/output/top/value/0/most").asInt()).isEqualTo(3);
        assertThat(output.at("/runStatus/output/top/count").asInt()).isEqualTo(1);
    }

    @Test
    void errorsInTheScriptNameTheirLine() {
        world.flow("f", List.of("s=in"), List.of("out=out"), PEOPLE + "s filter(idd > 1) ~> f\nf sink() ~> out");
        assertThat(world.run("f").message()).contains("Data flow 'f', line 2: Column 'idd' is not found", "did you mean 'id'?",
            "scriptLines[1] 2:10");
    }

    @Test
    void callsFunctionsOfLibraries() {
        world.json("dataflow/General", """
            {"name": "General", "properties": {"type": "UDFLibrary", "typeProperties": {"scriptLines": [
              "shout(string, integer) as string = concat(upper(i1), toString(i2))", "half(integer) as integer =", "    i1 / 2"]}}}""");
        world.flow("f", List.of("s=in"), List.of("out=out"), "General", PEOPLE + """
            s derive(name = shout(name, half(id))) ~> d
            d sink(partitionFileNames:['x.csv']) ~> out""");
        world.succeed("f", "{}");
        assertThat(world.text("out/x.csv")).isEqualTo("id,name\n1,ANN0\n2,BOB1\n3,CY1\n");
    }

    @Test
    void refusesOptionsThatWouldChangeTheResult() {
        world.flow("f", List.of("s=in"), List.of("out=out"), PEOPLE + "s sink(preCommands: [], skipKeyWrites: true) ~> out");
        assertThat(world.run("f", "{}").message()).contains("skipKeyWrites of sink 'out' is not supported", "NOT_SUPPORTED");
        world.flow("g", List.of("s=in"), List.of("out=out"),
            PEOPLE.replace("allowSchemaDrift: false", "enableChangeFeed: true") + "s sink() ~> out");
        assertThat(world.run("g", "{}").message()).contains("enableChangeFeed of source 's' is not supported");
    }
}
