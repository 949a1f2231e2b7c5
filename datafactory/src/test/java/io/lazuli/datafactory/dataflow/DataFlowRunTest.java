package io.lazuli.datafactory.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.datafactory.run.RunRecord;
import io.lazuli.datafactory.run.RunStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DataFlowRunTest {
    private static final String SOURCE = "source(output(id as integer, name as string), allowSchemaDrift: false) ~> s\n";

    @TempDir
    private Path folder;
    private FlowWorld world;

    @BeforeEach
    void open() {
        world = new FlowWorld(folder).csv("in", "in", "").csv("out", "out", "").csv("more", "more", "").table("people", "people")
            .file("in/a.csv", "id,name\n1,Ann\n2,Bob\n3,Cy\n");
    }

    private static RunRecord succeeded(RunRecord run) {
        assertThat(run.message()).isEmpty();
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        return run;
    }

    @Test
    void writesOneFileAndTellsTheRowsOfSinkAndSources() {
        world.flow("f", List.of("s=in"), List.of("out=out"), SOURCE + """
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
        world.flow("f", List.of("s=in"), List.of("out=out"), SOURCE + """
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
    void writesDatesAndTimesAsTextsIntoJson() {
        world.dataset("j", "Json", "j").flow("f", List.of("s=in"), List.of("j=j"), SOURCE + """
            s filter(id == 1) ~> f
            f derive(d = toDate('2024-05-31'), in = @(t = toTimestamp('2024-05-31 08:15:00.5'), n = toDate(null())),
                all = [toDate('2024-05-31')]) ~> t
            t sink(partitionFileNames:['x.json']) ~> j""");
        succeeded(world.run("f"));
        assertThat(world.text("j/x.json")).isEqualTo("{\"id\":1,\"name\":\"Ann\",\"d\":\"2024-05-31\","
            + "\"in\":{\"t\":\"2024-05-31T08:15:00.500Z\",\"n\":null},\"all\":[\"2024-05-31\"]}");
    }

    @Test
    void givesParametersAsQuotedExpressionsOrConstants() {
        world.flow("f", List.of("s=in"), List.of("out=out"), """
            parameters{
                who as string ('nobody'),
                least as integer (1),
                file as string ('x.csv')
            }
            source(output(id as integer, name as string)) ~> s
            s filter(name == $who && id >= $least) ~> f
            f sink(partitionFileNames:[($file)]) ~> out""");
        succeeded(world.run("f", """
            {"who": "'@{pipeline().parameters.who}'", "least": 1, "file": {"value": "'@{concat('y', '.csv')}'", "type": "Expression"}}"""));
        assertThat(world.text("out/y.csv")).isEqualTo("id,name\n1,Ann\n");
        assertThat(world.run("f", "{\"whom\": 1}").message()).contains("has no parameter 'whom'", "did you mean 'who'?");
    }

    @Test
    void givesParametersToTheLinkedServicesOfInlineSources() {
        world.json("linkedService/any", """
            {"name": "any", "properties": {"type": "AzureBlobFS", "parameters": {"account": {"type": "String"}},
              "typeProperties": {"url": "@{concat('https://', linkedService().account, '.dfs.core.windows.net')}"}}}""");
        world.json("dataflow/f", """
            {"name": "f", "properties": {"type": "MappingDataFlow", "typeProperties": {
              "sources": [{"name": "s", "linkedService": {"referenceName": "any", "type": "LinkedServiceReference"}}],
              "sinks": [{"name": "out", "dataset": {"referenceName": "out", "type": "DatasetReference"}}], "transformations": [],
              "script": "source(format: 'delimited', fileSystem: 'data', fileName: 'in/a.csv', columnDelimiter: ',', \
            columnNamesAsHeader: true) ~> s\\ns sink(partitionFileNames:['x.csv']) ~> out"}}}""");
        String given = "{}, \"linkedServiceParameters\": {\"%s\": {\"linkedService\": {\"account\": \"flows\"}}}";
        assertThat(world.run("f", given.formatted("s")).message()).isEmpty();
        assertThat(world.text("out/x.csv")).isEqualTo("id,name\n1,Ann\n2,Bob\n3,Cy\n");
        assertThat(world.run("f", given.formatted("sr")).message())
            .contains("linkedServiceParameters: data flow 'f' has no 'sr'; did you mean 's'?");
        assertThat(givenToLinkedServices("{\"s\": {\"linkedServise\": {\"account\": \"flows\"}}}"))
            .contains("'s' of data flow 'f' has no 'linkedServise'; it has [linkedService]; did you mean 'linkedService'?",
                "UNKNOWN_PARAMETER", "p.json");
        assertThat(givenToLinkedServices("{\"s\": {\"linkedService\": {\"account\": \"flows\"}}, \"out\": {\"linkedService\": {}}}"))
            .isEmpty();
        assertThat(givenToLinkedServices("{\"out\": {\"linkedService\": {\"account\": \"flows\"}}}"))
            .contains("'out' of data flow 'f' has no 'linkedService'; it has [dataset]", "UNKNOWN_PARAMETER");
        assertThat(givenToLinkedServices("{\"s\": {\"linkedService\": \"flows\"}}"))
            .contains("linkedServiceParameters: 's.linkedService' is an object, not \\\"flows\\\"", "INVALID_ARGUMENT");
        assertThat(givenToLinkedServices("\"flows\""))
            .contains("'linkedServiceParameters' of a data flow is an object", "INVALID_ARGUMENT");
    }

    private String givenToLinkedServices(String values) {
        return world.run("f", "{}, \"linkedServiceParameters\": " + values).message();
    }

    @Test
    void theCurrentTimeIsThatAtWhichTheFlowStarted() {
        world.flow("f", List.of("s=in"), List.of("a=out", "b=more"), SOURCE + """
            s derive(at = toString(currentTimestamp()), day = currentDate()) ~> d
            d sink(partitionFileNames:['x.csv'], saveOrder: 1) ~> a
            s derive(at = toString(currentUTC()), day = currentDate('UTC')) ~> e
            e sink(partitionFileNames:['x.csv'], saveOrder: 2) ~> b""");
        succeeded(world.run("f"));
        assertThat(world.text("out/x.csv")).isEqualTo(world.text("more/x.csv")).contains("20");
    }

    @Test
    void emptySinksAreNotAmongTheMetrics() {
        world.flow("f", List.of("s=in"), List.of("out=out", "more=more"), SOURCE + """
            s split(id > 5, disjoint: false) ~> sp@(big, small)
            sp@big sink(partitionFileNames:['big.csv']) ~> out
            sp@small sink(partitionFileNames:['small.csv']) ~> more""");
        JsonNode metrics = world.output("f", "{}").at("/runStatus/metrics");
        assertThat(metrics.propertyNames()).containsExactly("more");
        assertThat(world.text("out/big.csv")).isEqualTo("id,name\n");
    }

    @Test
    void runsSharedPartsOnceAndSinksInTheirOrder() {
        world.flow("f", List.of("s=in"), List.of("b=out", "a=more"), SOURCE + """
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
        succeeded(world.run("f"));
        assertThat(world.text("out/x.csv")).isEqualTo("old,ages\nfalse,30\ntrue,90\n");
        assertThat(world.text("more/x.csv")).isEqualTo("name\nAnn\nCy\n");
    }

    @Test
    void rowsOfParquetFilesStayTheSameForAllSinks() {
        world.dataset("columns", "Parquet", "columns").flow("first", List.of("s=in"), List.of("p=columns"),
            SOURCE + "s sink(partitionFileNames:['p.parquet'], partitionBy('hash', 1)) ~> p");
        succeeded(world.run("first"));
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
        world.file("out/old.csv", "old\n").flow("f", List.of("s=in"), List.of("a=more", "b=out"), SOURCE + """
            s sink(partitionFileNames:['a.csv'], saveOrder: 1) ~> a
            s assert(expectTrue(id < 3, false, 'small', null, toString(id)), abort: true) ~> c
            c sink(partitionFileNames:['b.csv'], truncate: true, saveOrder: 2) ~> b""");
        RunRecord run = world.run("f");
        assertThat(run.message()).contains("DFExecutorUserError", "Job failed due to reason: at Sink 'b'", "small");
        assertThat(world.files()).containsExactly("in/a.csv", "more/a.csv", "out/old.csv");
    }

    @Test
    void rowsThatFailedAnAssertionGoToAFileToo() {
        world.flow("f", List.of("s=in"), List.of("t=people"), SOURCE + """
            s assert(expectTrue(id < 3, false, 'small', null, toString(id) + ' is large'),
                expectTrue(left(name, 1) != 'C', false, 'name', null, 'a "C"')) ~> c
            c sink(insertable: true, recreate: true, format: 'table', outputAssertFailedRows: true, assertFailure_fileSystem: 'data',
                assertFailure_folderPath: 'failed/rows') ~> t""");
        succeeded(world.run("f"));
        assertThat(world.sql("SELECT id, name FROM people ORDER BY id")).containsExactly("1|Ann", "2|Bob", "3|Cy");
        String file = world.files().stream().filter(path -> path.startsWith("failed/rows/assert-failed-")).findFirst().orElseThrow();
        assertThat(file).endsWith("-t.csv");
        assertThat(world.text(file)).isEqualTo(
            "id,name,assertErrorMessages\n3,Cy,\"{\\\"small\\\":\\\"3 is large\\\",\\\"name\\\":\\\"a \\\\\\\"C\\\\\\\"\\\"}\"\n");
    }

    @Test
    void failedRowsNeedAPlace() {
        world.flow("f", List.of("s=in"), List.of("out=out"), SOURCE + "s sink(outputAssertFailedRows: true) ~> out");
        assertThat(world.run("f").message()).contains("outputAssertFailedRows of sink 'out' needs assertFailure_container");
    }

    @Test
    void truncateRemovesWhatTheFolderHad() {
        world.file("out/old.csv", "old\n").flow("f", List.of("s=in"), List.of("out=out"), SOURCE
            + "s sink(truncate: true, partitionFileNames:['new.csv']) ~> out");
        succeeded(world.run("f"));
        assertThat(world.files()).containsExactly("in/a.csv", "out/new.csv");
    }

    @Test
    void readsBackTheValuesThatNameFolders() {
        world.flow("write", List.of("s=in"), List.of("out=out"), SOURCE + """
            s derive(k = case(id == 1, 'a/b', id == 2, '5%20=x')) ~> d
            d sink(filePattern: 'n[n].csv', partitionBy('key', 0, k)) ~> out""");
        succeeded(world.run("write"));
        assertThat(world.files()).contains("out/k=__HIVE_DEFAULT_PARTITION__/n1.csv", "out/k=5%2520%3Dx/n2.csv", "out/k=a%2Fb/n3.csv");
        world.flow("read", List.of("s=out"), List.of("more=more"), """
            source(output(id as integer, name as string, k as string), partitionRootPath: 'out') ~> s
            s derive(k = iifNull(k, 'none')) ~> d
            d sort(asc(id)) ~> o
            o sink(partitionFileNames:['x.csv']) ~> more""");
        succeeded(world.run("read"));
        assertThat(world.text("more/x.csv")).isEqualTo("id,name,k\n1,Ann,a/b\n2,Bob,5%20=x\n3,Cy,none\n");
    }

    @Test
    void partitionsByKeyIntoFoldersAndByValueIntoFiles() {
        world.flow("f", List.of("s=in"), List.of("out=out", "more=more"), SOURCE + """
            s derive(odd = id % 2, file = 'more/' + name + '.csv') ~> d
            d select(mapColumn(id, odd)) ~> k
            k sink(filePattern: 'n[n].csv', partitionBy('key', 0, odd)) ~> out
            d select(mapColumn(id, file)) ~> v
            v sink(rowUrlColumn: 'file') ~> more""");
        succeeded(world.run("f"));
        assertThat(world.files()).containsExactly("in/a.csv", "more/Ann.csv", "more/Bob.csv", "more/Cy.csv", "out/odd=0/n1.csv",
            "out/odd=1/n2.csv");
        assertThat(world.text("out/odd=1/n2.csv")).isEqualTo("id\n1\n3\n");
        assertThat(world.text("more/Bob.csv")).isEqualTo("id\n2\n");
    }

    @Test
    void valuesNameFilesAndFoldersFromTheRootOfTheContainer() {
        world.flow("f", List.of("s=in"), List.of("out=out", "more=more"), SOURCE + """
            s derive(file = '/elsewhere/' + name + '.csv', folder = 'odd/' + toString(id % 2)) ~> d
            d select(mapColumn(id, file)) ~> a
            a sink(rowUrlColumn: 'file') ~> out
            d select(mapColumn(id, folder)) ~> b
            b sink(rowFolderUrlColumn: 'folder', filePattern: 'n[n].csv') ~> more""");
        succeeded(world.run("f"));
        assertThat(world.files()).containsExactly("elsewhere/Ann.csv", "elsewhere/Bob.csv", "elsewhere/Cy.csv", "in/a.csv",
            "odd/0/n1.csv", "odd/1/n2.csv");
        assertThat(world.text("odd/1/n2.csv")).isEqualTo("id\n1\n3\n");
    }

    @Test
    void aRowWithoutAPathFailsAndLeavesNothing() {
        world.flow("f", List.of("s=in"), List.of("out=out"), SOURCE + """
            s derive(file = iif(id == 2, toString(null()), name)) ~> d
            d sink(rowUrlColumn: 'file') ~> out""");
        assertThat(world.run("f").message()).contains("Column 'file' names a file or folder for each row, and is null or empty in a row");
        assertThat(world.files()).containsExactly("in/a.csv");
    }

    @Test
    void aValueThatFailsIsToldWithItsExpression() {
        world.flow("f", List.of("s=in"), List.of("out=out"), SOURCE + """
            s derive(fine = id + 1,
              late = addDays(toTimestamp('2020-01-01 00:00:00'), id * 1000000000L)) ~> d
            d sort(desc(late)) ~> o
            o sink(partitionFileNames:['x.csv']) ~> out""");
        assertThat(world.run("f").message()).contains("at Sink 'out': Data flow 'f', line 3: Column 'late' of derive 'd': ",
            "\\n  late = addDays(toTimestamp('2020-01-01 00:00:00'), id * 1000000000L)) ~> d\\n         ^");
        assertThat(world.files()).containsExactly("in/a.csv");
    }

    @Test
    void linesStandBeforeTheNamesOfColumns() {
        world.flow("f", List.of("s=in"), List.of("out=out"), SOURCE
            + "s sink(partitionFileNames:['x.csv'], emptyLinesAsHeader: 1, header: ['# people, by name', '# 2024']) ~> out");
        succeeded(world.run("f"));
        assertThat(world.text("out/x.csv")).isEqualTo("\n# people, by name\n# 2024\nid,name\n1,Ann\n2,Bob\n3,Cy\n");
    }

    @Test
    void readsWildcardsWithTheirPathsAndMovesTheFilesAfterwards() {
        world.file("in/2024/b.csv", "id,name\n7,Di\n").file("in/2024/_notes.txt", "x").flow("f", List.of("s=in"), List.of("out=out"), """
            source(output(id as integer, name as string), wildcardPaths:['in/**/*.csv'], rowUrlColumn: 'path', allowSchemaDrift: true,
                moveFiles: ['in','done']) ~> s
            s sort(asc(id, true)) ~> o
            o sink(partitionFileNames:['x.csv']) ~> out""");
        succeeded(world.run("f"));
        assertThat(world.text("out/x.csv"))
            .isEqualTo("id,name,path\n1,Ann,/in/a.csv\n2,Bob,/in/a.csv\n3,Cy,/in/a.csv\n7,Di,/in/2024/b.csv\n");
        assertThat(world.files()).containsExactly("done/2024/b.csv", "done/a.csv", "in/2024/_notes.txt", "out/x.csv");
    }

    @Test
    void noFilesAreAnErrorUnlessTheyMayBeMissing() {
        world.csv("none", "nowhere", "").flow("f", List.of("s=none"), List.of("out=out"), SOURCE
            + "s sink(partitionFileNames:['x.csv']) ~> out");
        assertThat(world.run("f").message()).contains("Source 's' finds no files at 'data/nowhere'");
        world.flow("f", List.of("s=none"), List.of("out=out"),
            "source(output(id as integer), ignoreNoFilesFound: true) ~> s\ns sink(partitionFileNames:['x.csv']) ~> out");
        succeeded(world.run("f"));
        assertThat(world.text("out/x.csv")).isEqualTo("id\n");
    }

    @Test
    void inlineSourcesAndSinksNameTheirFormat() {
        world.flow("f", List.of("s=lake"), List.of("out=lake"), """
            source(output(id as integer, name as string), format: 'delimited', fileSystem: 'data', folderPath: 'in', fileName: 'a.csv',
                columnDelimiter: ',', escapeChar: '\\\\', quoteChar: '\\"', columnNamesAsHeader: true) ~> s
            s sink(format: 'parquet', fileSystem: 'data', folderPath: 'pq', partitionFileNames:['x.parquet']) ~> out""");
        succeeded(world.run("f"));
        world.flow("g", List.of("s=lake"), List.of("out=out"), """
            source(format: 'parquet', fileSystem: 'data', folderPath: 'pq', allowSchemaDrift: true) ~> s
            s sink(partitionFileNames:['y.csv']) ~> out""");
        succeeded(world.run("g"));
        assertThat(world.text("out/y.csv")).isEqualTo("id,name\n1,Ann\n2,Bob\n3,Cy\n");
        world.flow("h", List.of("s=lake"), List.of("out=out"), """
            source(format: 'iceberg', fileSystem: 'data', folderPath: 'd') ~> s
            s sink() ~> out""");
        assertThat(world.run("h").message()).contains("The inline format 'iceberg' is not supported");
    }

    @Test
    void writesRowsByTheirPolicies() {
        world.sql("CREATE TABLE dbo.people (id int PRIMARY KEY, name nvarchar(20)); INSERT dbo.people VALUES (1, 'old'), (3, 'gone')");
        world.flow("f", List.of("s=in"), List.of("people=people"), SOURCE + """
            s alterRow(deleteIf(id == 3), upsertIf(true())) ~> a
            a sink(deletable: true, insertable: false, updateable: false, upsertable: true, keys: ['id'], format: 'table',
                preSQLs: ["UPDATE dbo.people SET name = 'seen' WHERE id = 3"],
                postSQLs: ["INSERT dbo.people VALUES (9, 'after')"]) ~> people""");
        succeeded(world.run("f"));
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
        world.flow("f", List.of("s=in"), List.of("people=people"), SOURCE + "s sink(recreate: true, format: 'table') ~> people");
        succeeded(world.run("f"));
        assertThat(world.sql("SELECT * FROM dbo.people ORDER BY id")).containsExactly("1|Ann", "2|Bob", "3|Cy");
        world.flow("g", List.of("s=people", "q=people"), List.of("people=people"), """
            source(output(id as integer, name as string), format: 'table') ~> s
            source(format: 'query', query: 'SELECT 10 + id AS id, name FROM dbo.people WHERE id = 1', allowSchemaDrift: true) ~> q
            s filter(id == 2) ~> f
            f, q union(byName: true) ~> u
            u sink(truncate: true, format: 'table') ~> people""");
        succeeded(world.run("g"));
        assertThat(world.sql("SELECT * FROM dbo.people ORDER BY id")).containsExactly("2|Bob", "11|Ann");
    }

    @Test
    void cachedSinksGoToTheOutput() {
        world.flow("f", List.of("s=in"), List.of("top"), SOURCE + """
            s aggregate(most = max(id)) ~> a
            a sink(store: 'cache', format: 'inline', output: true, saveOrder: 1) ~> top""");
        JsonNode output = world.output("f", "{}");
        assertThat(output.at("/runStatus/output/top/value/0/most").asInt()).isEqualTo(3);
        assertThat(output.at("/runStatus/output/top/count").asInt()).isEqualTo(1);
    }

    @Test
    void errorsInTheScriptNameTheirLine() {
        world.flow("f", List.of("s=in"), List.of("out=out"), SOURCE + "s filter(idd > 1) ~> f\nf sink() ~> out");
        assertThat(world.run("f").message()).contains("Data flow 'f', line 2: Column 'idd' is not found", "did you mean 'id'?",
            "scriptLines[1] 2:10");
    }

    @Test
    void callsFunctionsOfLibraries() {
        world.json("dataflow/General", """
            {"name": "General", "properties": {"type": "UDFLibrary", "typeProperties": {"scriptLines": [
              "shout(string, integer) as string = concat(upper(i1), toString(i2))", "half(integer) as integer =", "    i1 / 2"]}}}""");
        world.flow("f", List.of("s=in"), List.of("out=out"), "General", SOURCE + """
            s derive(name = shout(name, half(id))) ~> d
            d sink(partitionFileNames:['x.csv']) ~> out""");
        succeeded(world.run("f", "{}"));
        assertThat(world.text("out/x.csv")).isEqualTo("id,name\n1,ANN0\n2,BOB1\n3,CY1\n");
    }

    @Test
    void takesTheFirstRowsOfALimitedSource() {
        world.flow("f", List.of("s=in"), List.of("out=out"), SOURCE.replace("allowSchemaDrift: false", "allowSchemaDrift: false, limit: 2")
            + "s sink(partitionFileNames:['x.csv']) ~> out");
        succeeded(world.run("f", "{}"));
        assertThat(world.text("out/x.csv")).isEqualTo("id,name\n1,Ann\n2,Bob\n");
    }

    @Test
    void refusesOptionsThatWouldChangeTheResult() {
        world.flow("f", List.of("s=in"), List.of("out=out"), SOURCE + "s sink(preCommands: [], skipKeyWrites: true) ~> out");
        assertThat(world.run("f", "{}").message()).contains("skipKeyWrites of sink 'out' is not supported", "NOT_SUPPORTED");
        world.flow("g", List.of("s=in"), List.of("out=out"),
            SOURCE.replace("allowSchemaDrift: false", "enableChangeFeed: true") + "s sink() ~> out");
        assertThat(world.run("g", "{}").message()).contains("enableChangeFeed of source 's' is not supported");
    }

    @Test
    void readsJsonThatGoesBeyondItsGrammar() {
        world.dataset("loose", "Json", "loose").file("loose/a.json", """
            /* people */ [{id: 1, 'name': 'O\\'Neil', tags: ['a', "b"]}, // the first
            {id: 2, name: "x\\-y", price: 1.10}]
            """).file("loose/b.json", "{id: 3}\n{id: 4}\n");
        String script = """
            source(output(id as integer, name as string, tags as string[], price as decimal(10,2)), %s) ~> s
            s derive(tags = toString(size(tags))) ~> d
            d sort(asc(id, true)) ~> o
            o sink(partitionFileNames:['x.csv'], partitionBy('hash', 1)) ~> out""";
        world.flow("f", List.of("s=loose"), List.of("out=out"), script.formatted(
            "asComments: true, singleQuoted: true, unquotedColumnNames: true, backslashEscape: true"));
        assertThat(world.run("f", "{}").message()).isEmpty();
        assertThat(world.text("out/x.csv")).isEqualTo("id,name,tags,price\n1,O'Neil,2,\n2,x-y,,1.10\n3,,,\n4,,,\n");
        world.flow("f", List.of("s=loose"), List.of("out=out"), script.formatted("singleQuoted: true, unquotedColumnNames: true"));
        assertThat(world.run("f", "{}").message()).contains("a.json: malformed JSON at line 1");
    }
}
