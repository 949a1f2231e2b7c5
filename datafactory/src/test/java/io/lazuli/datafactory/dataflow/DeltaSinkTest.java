package io.lazuli.datafactory.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.connector.delta.DeltaMerge;
import io.lazuli.datafactory.connector.delta.DeltaTable;
import io.lazuli.datafactory.connector.delta.DeltaWrite;
import io.lazuli.datafactory.run.LocalServices;
import io.lazuli.datafactory.run.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DeltaSinkTest {
    private static final String SOURCE =
        "source(output(id as integer, name as string, country as string), allowSchemaDrift: false) ~> s\n";
    private static final String MERGE =
        "deletable: true, insertable: true, updateable: true, upsertable: true, keys: ['id'], skipDuplicateMapInputs: true";

    @TempDir
    private Path folder;
    private FlowWorld world;

    @BeforeEach
    void open() {
        world = new FlowWorld(folder).csv("in", "in", "").csv("out", "out", "");
        rows("1,Ann,DE", "2,Bob,FR", "3,Cy,");
    }

    private void rows(String... rows) {
        world.file("in/a.csv", "id,name,country\n" + String.join("\n", rows) + "\n");
    }

    /** Writes the source's rows, after other statements, to the table {@code t}. */
    private RunRecord write(String statements, String options) {
        String last = statements.isEmpty() ? "s" : statements.substring(statements.lastIndexOf("~>") + 2).strip();
        world.flow("w", List.of("s=in"), List.of("out=lake"), SOURCE + statements + "\n" + last + " " + """
            sink(allowSchemaDrift: true, validateSchema: false, format: 'delta', fileSystem: 'data', folderPath: 't', autoCompact: false,
                optimizedWrite: true, umask: 0022, preCommands: [], postCommands: [], %s) ~> out""".formatted(options));
        return world.run("w");
    }

    private void written(String statements, String options) {
        assertThat(write(statements, options).message()).isEmpty();
    }

    private String read(String options, String columns) {
        String order = Stream.of(columns.split(", ")).map(column -> "asc(" + column + ", true)").collect(Collectors.joining(", "));
        world.flow("r", List.of("s=lake"), List.of("out=out"), """
            source(format: 'delta', fileSystem: 'data', folderPath: 't', allowSchemaDrift: true%s) ~> s
            s select(mapColumn(%s)) ~> c
            c sort(%s) ~> o
            o sink(partitionFileNames:['x.csv']) ~> out""".formatted(options, columns, order));
        assertThat(world.run("r").message()).isEmpty();
        return world.text("out/x.csv").replaceFirst("[^\\n]*\\n", "");
    }

    private JsonNode log(int version, String action) {
        return world.text("t/_delta_log/%020d.json".formatted(version)).lines().map(JsonMapper.shared()::readTree)
            .filter(line -> line.has(action)).findFirst().orElseThrow().get(action);
    }

    private List<String> files(String part) {
        return world.files().stream().filter(file -> file.startsWith("t/") && file.contains(part)).toList();
    }

    @Test
    void makesATableAndAppends() {
        written("", "vacuum: 0, deletable: false, insertable: true, updateable: false, upsertable: false");
        rows("4,Di,DE");
        written("", "insertable: true");
        assertThat(read("", "id, name, country")).isEqualTo("1,Ann,DE\n2,Bob,FR\n3,Cy,\n4,Di,DE\n");
        assertThat(read(", versionAsOf: 0", "id")).isEqualTo("1\n2\n3\n");
        assertThat(log(0, "protocol").toString()).isEqualTo("{\"minReaderVersion\":1,\"minWriterVersion\":2}");
        assertThat(log(1, "commitInfo").path("operation").asString()).isEqualTo("WRITE");
        assertThat(log(1, "commitInfo").at("/operationMetrics/numOutputRows").asString()).isEqualTo("1");
        assertThat(log(1, "commitInfo").at("/operationParameters/mode").asString()).isEqualTo("Append");
        assertThat(JsonMapper.shared().readTree(log(0, "add").path("stats").asString()).toString()).isEqualTo("""
            {"numRecords":3,"minValues":{"id":1,"name":"Ann","country":"DE"},"maxValues":{"id":3,"name":"Cy","country":"FR"},\
            "nullCount":{"id":0,"name":0,"country":1}}""");
    }

    @Test
    void overwritesWithOtherColumnsAndPartitions() {
        written("", "insertable: true");
        written("s select(mapColumn(id, land = country)) ~> c", "overwrite: true, partitionBy('key', 0, land)");
        assertThat(read("", "id, land")).isEqualTo("1,DE\n2,FR\n3,\n");
        assertThat(files("land=")).hasSize(3).anyMatch(file -> file.startsWith("t/land=__HIVE_DEFAULT_PARTITION__/part-00000-"));
        assertThat(log(1, "metaData").path("partitionColumns").toString()).isEqualTo("[\"land\"]");
        assertThat(log(1, "metaData").path("id")).isEqualTo(log(0, "metaData").path("id"));
        assertThat(read(", versionAsOf: 0", "id, name")).isEqualTo("1,Ann\n2,Bob\n3,Cy\n");
        rows("7,Gil,A/B %");
        written("s select(mapColumn(id, land = country)) ~> c", "insertable: true, partitionBy('hash', 4)");
        assertThat(read("", "id, land")).isEqualTo("1,DE\n2,FR\n3,\n7,A/B %\n");
    }

    @Test
    void truncatesAndKeepsTheColumns() {
        written("", "insertable: true");
        written("s filter(id == 2) ~> f\nf select(mapColumn(id, name)) ~> c", "deltaTruncate: true");
        assertThat(read("", "id, name, country")).isEqualTo("2,Bob,\n");
        assertThat(files("t/part-")).hasSize(2);
    }

    @Test
    void mergesRowsByTheirPolicies() {
        written("", "insertable: true");
        rows("1,Anne,DE", "2,gone,", "3,Cyd,", "4,Di,AT", "5,nobody,", "6,nobody,");
        written("s alterRow(updateIf(id == 1 || id == 5), deleteIf(id == 2 || id == 6), upsertIf(id == 4), insertIf(true())) ~> a", MERGE);
        assertThat(read("", "id, name, country")).isEqualTo("1,Anne,DE\n3,Cy,\n4,Di,AT\n");
        JsonNode info = log(1, "commitInfo");
        assertThat(info.path("operation").asString()).isEqualTo("MERGE");
        assertThat(info.path("operationMetrics").toString()).isEqualTo("""
            {"numOutputRows":"3","numSourceRows":"6","numTargetFilesAdded":"1","numTargetFilesRemoved":"1","numTargetRowsCopied":"1",\
            "numTargetRowsDeleted":"1","numTargetRowsInserted":"1","numTargetRowsUpdated":"1"}""");
    }

    @Test
    void leavesOutRowsWhosePolicyIsNotAllowed() {
        written("", "insertable: true");
        rows("1,Anne,DE", "2,gone,", "4,Di,AT", "7,Gil,");
        written("s alterRow(updateIf(id == 1), deleteIf(id == 2), upsertIf(id == 4)) ~> a",
            "deletable: false, insertable: false, updateable: false, upsertable: true, keys: ['ID']");
        assertThat(read("", "id, name")).isEqualTo("1,Ann\n2,Bob\n3,Cy\n4,Di\n");
    }

    @Test
    void takesAllRowsIntoANewTableAndUpsertsUnmarkedOnes() {
        written("s alterRow(deleteIf(id == 1), updateIf(true())) ~> a", MERGE);
        assertThat(read("", "id, name")).isEqualTo("1,Ann\n2,Bob\n3,Cy\n");
        rows("2,Bo,FR", "9,Ida,DE");
        written("", "insertable: true, upsertable: true, keys: ['id']");
        assertThat(read("", "id, name")).isEqualTo("1,Ann\n2,Bo\n3,Cy\n9,Ida\n");
    }

    @Test
    void refusesSeveralRowsForOneRowOfTheTable() throws IOException {
        written("", "insertable: true");
        rows("2,a,FR", "2,b,FR");
        assertThat(write("", "upsertable: true, keys: ['id']").message())
            .contains("Delta table 'data/t' cannot be merged: 2 rows have the key id = 2 of one row of the table", "CONSTRAINT_VIOLATED");
        assertThat(read("", "id, name")).isEqualTo("1,Ann\n2,Bob\n3,Cy\n");
        try (Stream<Path> all = Files.list(world.lake().resolve("t"))) {
            assertThat(all).hasSize(2);
        }
        written("s alterRow(deleteIf(true())) ~> a", "deletable: true, insertable: false, keys: ['id']");
        assertThat(read("", "id, name")).isEqualTo("1,Ann\n3,Cy\n");
    }

    @Test
    void writesOnlyFilesWithChangedRowsAnew() {
        written("", "insertable: true, partitionBy('key', 0, country)");
        rows("2,Bobby,FR");
        written("", "insertable: true, upsertable: true, keys: ['id'], partitionBy('key', 0, country)");
        assertThat(log(1, "remove").path("path").asString()).startsWith("country=FR/");
        assertThat(log(1, "commitInfo").at("/operationMetrics/numTargetFilesRemoved").asString()).isEqualTo("1");
        assertThat(read("", "id, name, country")).isEqualTo("1,Ann,DE\n2,Bobby,FR\n3,Cy,\n");
        rows("1,Annette,DE", "2,Bobo,FR");
        written("", "insertable: true, upsertable: true, keys: ['id'], pruneCondition: ['country' -> (['FR', 'IT'])]");
        assertThat(read("", "id, name, country")).isEqualTo("1,Ann,DE\n1,Annette,DE\n2,Bobo,FR\n3,Cy,\n");
    }

    @Test
    void addsColumnsOnlyWhenAsked() {
        written("", "insertable: true");
        rows("1,Ann,DE");
        String more = "s derive(age = 7S) ~> d";
        assertThat(write(more, "insertable: true").message()).contains("Delta table 'data/t' has no column ['age']",
            "mergeSchema: true adds columns", "COLUMN_NOT_FOUND");
        written(more, "insertable: true, mergeSchema: true");
        assertThat(read("", "id, age").lines()).containsExactly("1,", "1,7", "2,", "3,");
        rows("3,Cyd,");
        written("s derive(extra = 'x') ~> d", "upsertable: true, keys: ['id'], mergeSchema: true");
        assertThat(read("", "id, name, age, extra").lines()).containsExactly("1,Ann,,", "1,Ann,7,", "2,Bob,,", "3,Cyd,,x");
    }

    @Test
    void refusesValuesThatAColumnCannotHold() {
        written("", "insertable: true");
        assertThat(write("s derive(id = toString(id)) ~> d", "insertable: true").message())
            .contains("Column 'id' of Delta table 'data/t' is of type integer and does not take values of type string", "TYPE_MISMATCH");
        assertThat(write("", "insertable: true, partitionBy('key', 0, name)").message())
            .contains("Delta table 'data/t' is partitioned by [], not by [name]");
        assertThat(write("", "upsertable: true").message()).contains("needs their keys: keys: ['id']");
        assertThat(write("", "upsertable: true, keys: ['idd']").message()).contains("Key 'idd' is no column", "did you mean 'id'?");
    }

    @Test
    void makesACheckpointEveryTenVersions() {
        for (int i = 0; i <= 11; i++) {
            rows(i + ",n,DE");
            written("", "insertable: true");
        }
        assertThat(files("_delta_log/00000000000000000010.checkpoint.parquet")).hasSize(1);
        assertThat(world.text("t/_delta_log/_last_checkpoint")).contains("\"version\":10");
        assertThat(read("", "id")).isEqualTo("0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n");
    }

    @Test
    void vacuumsFilesThatOnlyOldVersionsNeed() throws IOException {
        written("", "insertable: true");
        Path first = world.lake().resolve(files("t/part-").getFirst());
        rows("1,Anne,DE");
        written("", "upsertable: true, keys: ['id'], vacuum: 0");
        Path second = world.lake().resolve(files("t/part-").stream().filter(file -> !first.endsWith(file)).findFirst().orElseThrow());
        world.file("t/part-orphan.parquet", "").file("t/_notes/readme.txt", "");
        written("s filter(false()) ~> f", "insertable: true, vacuum: 5");
        assertThat(files("t/part-")).hasSize(3);
        for (String file : files("t/")) {
            Files.setLastModifiedTime(world.lake().resolve(file), FileTime.from(Instant.now().minus(Duration.ofHours(9))));
        }
        Path log = world.lake().resolve("t/_delta_log/%020d.json".formatted(1));
        Files.writeString(log, Files.readString(log).replaceAll("\"deletionTimestamp\":\\d+", "\"deletionTimestamp\":5"));
        written("s filter(false()) ~> f", "insertable: true, vacuum: 5");
        assertThat(first).doesNotExist();
        assertThat(files("t/part-")).containsExactly(world.lake().relativize(second).toString());
        assertThat(files("t/_notes")).hasSize(1);
        assertThat(read("", "id, name")).isEqualTo("1,Anne\n2,Bob\n3,Cy\n");
    }

    @Test
    void rowsThatAreWrittenStayWhenTheVacuumAfterThemFails() {
        for (int i = 0; i <= 10; i++) {
            rows(i + ",n,DE");
            written("", "insertable: true");
        }
        world.file("t/_delta_log/%020d.json".formatted(0), "{broken");
        rows("11,n,DE");
        written("", "insertable: true, vacuum: 5");
        assertThat(read("", "id")).isEqualTo("0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n");
    }

    /** Two writers at a time, each again and again; none loses rows and each version has the rows of one. */
    @Test
    void severalWritersFollowEachOther() throws Exception {
        written("", "insertable: true");
        try (LocalServices services = world.services(); ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = new ArrayList<>();
            for (int writer = 0; writer < 3; writer++) {
                int number = writer;
                done.add(writers.submit(() -> {
                    DeltaTable table = DeltaTable.at(services.engine(), world.lake().resolve("t"), "t");
                    for (int i = 0; i < 4; i++) {
                        table.write(row(100 + number * 10 + i), List.of("id"), number == 0 ? merging() : appending(), Execution.UNWATCHED);
                    }
                }));
            }
            for (Future<?> writer : done) {
                writer.get();
            }
        }
        assertThat(read("", "id").lines()).hasSize(3 + 12).doesNotHaveDuplicates();
        assertThat(files("_delta_log/")).hasSize(13 + 2);
        assertThat(files("t/part-")).hasSize(1 + 12);
    }

    private static Plan row(int id) {
        return new Values(Schema.of(new Field("id", ScalarType.INT32), new Field("policy", ScalarType.INT32)),
            List.of(List.of(Literal.int32(id), Literal.int32(4))));
    }

    private static DeltaWrite appending() {
        return new DeltaWrite(DeltaWrite.Mode.APPEND, false, List.of(), "snappy", Optional.empty());
    }

    private static DeltaWrite merging() {
        return new DeltaWrite(DeltaWrite.Mode.APPEND, false, List.of(), "snappy",
            Optional.of(new DeltaMerge(List.of("id"), "policy", true, true, true, true, Map.of())));
    }

    @Test
    void refusesOptionsOfFiles() {
        assertThat(write("", "partitionFileNames: ['x']").message()).contains("partitionFileNames of sink 'out' is not supported");
        assertThat(write("", "tableAction: 'drop'").message()).contains("Option 'tableAction' is one of [none, overwrite");
    }

    @Test
    void putsManySmallFilesTogetherWhenAsked() {
        written("", "insertable: true, partitionBy('key', 0, country)");
        try (LocalServices services = world.services()) {
            DeltaTable table = DeltaTable.at(services.engine(), world.lake().resolve("t"), "t");
            for (int i = 0; i < 49; i++) {
                table.write(row(100 + i), List.of("id"), appending(), Execution.UNWATCHED);
            }
        }
        rows("4,Di,");
        world.flow("w", List.of("s=in"), List.of("out=lake"), SOURCE + """
            s sink(format: 'delta', fileSystem: 'data', folderPath: 't', autoCompact: true, insertable: true) ~> out""");
        assertThat(world.run("w").message()).isEmpty();
        JsonNode info = log(51, "commitInfo");
        assertThat(info.path("operation").asString()).isEqualTo("OPTIMIZE");
        assertThat(info.at("/operationMetrics/numRemovedFiles").asString()).isEqualTo("51");
        assertThat(info.at("/operationMetrics/numAddedFiles").asString()).isEqualTo("1");
        assertThat(log(51, "add").path("dataChange").asBoolean()).isFalse();
        assertThat(log(51, "remove").path("dataChange").asBoolean()).isFalse();
        assertThat(read("", "id").lines()).hasSize(4 + 49).doesNotHaveDuplicates();
        assertThat(read(", versionAsOf: 50", "id").lines()).hasSize(4 + 49);
        assertThat(world.run("w").message()).isEmpty();
        assertThat(files("_delta_log/").stream().filter(file -> file.endsWith(".json"))).hasSize(53);
    }

    private DeltaTable manySmallFiles(LocalServices services) {
        written("", "insertable: true");
        DeltaTable table = DeltaTable.at(services.engine(), world.lake().resolve("t"), "t");
        for (int i = 0; i < 49; i++) {
            table.write(row(100 + i), List.of("id"), appending(), Execution.UNWATCHED);
        }
        return table;
    }

    @Test
    void rowsAreWrittenAlsoWhenFilesCannotBePutTogether() throws IOException {
        try (LocalServices services = world.services()) {
            manySmallFiles(services);
        }
        Path file = world.lake().resolve(files("t/part-").getFirst());
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, new byte[] {1, 2, 3});
        rows("4,Di,");
        assertThat(write("", "insertable: true").message()).isEmpty();
        world.flow("w", List.of("s=in"), List.of("out=lake"), SOURCE + """
            s sink(format: 'delta', fileSystem: 'data', folderPath: 't', autoCompact: true, insertable: true) ~> out""");
        assertThat(world.run("w").message()).isEmpty();
        Files.write(file, bytes);
        assertThat(files("_delta_log/").stream().filter(version -> version.endsWith(".json"))).hasSize(1 + 49 + 2);
        assertThat(read("", "id").lines()).hasSize(3 + 49 + 2);
    }

    /** Others append whenever a file is begun; what is made of the small files is not made again for that. */
    @Test
    void putsFilesTogetherWhileOthersAppend() {
        try (LocalServices services = world.services()) {
            DeltaTable table = manySmallFiles(services);
            DeltaTable meanwhile = DeltaTable.at(new BusyEngine(services.engine(), () ->
                table.write(row(7), List.of("id"), appending(), Execution.UNWATCHED)), world.lake().resolve("t"), "t");
            assertThat(meanwhile.compact("snappy", Execution.UNWATCHED)).isPresent();
            assertThat(meanwhile.latest().number()).isLessThan(60);
        }
        assertThat(read("", "id").lines().filter(id -> !id.equals("7"))).hasSize(3 + 49).doesNotHaveDuplicates();
        assertThat(read("", "id").lines().filter(id -> id.equals("7"))).isNotEmpty();
    }

    @Test
    void leavesRowsThatOthersRemoveMeanwhileRemoved() {
        try (LocalServices services = world.services()) {
            DeltaTable table = manySmallFiles(services);
            DeltaTable meanwhile = DeltaTable.at(new BusyEngine(services.engine(), () -> table.write(row(7), List.of("id"),
                new DeltaWrite(DeltaWrite.Mode.TRUNCATE, false, List.of(), "snappy", Optional.empty()), Execution.UNWATCHED)),
                world.lake().resolve("t"), "t");
            assertThat(meanwhile.compact("snappy", Execution.UNWATCHED)).isEmpty();
        }
        assertThat(read("", "id")).isEqualTo("7\n");
        assertThat(files("t/part-")).hasSize(1 + 49 + 1);
    }
}
