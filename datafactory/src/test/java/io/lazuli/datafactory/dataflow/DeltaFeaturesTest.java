package io.lazuli.datafactory.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.internal.deletionvectors.Base85Codec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tables whose logs are written by hand, as the protocol of Delta describes its features. */
class DeltaFeaturesTest {
    @TempDir
    private Path folder;
    private FlowWorld world;

    @BeforeEach
    void open() {
        world = new FlowWorld(folder).csv("in", "in", "").csv("out", "out", "").file("in/a.csv", "id,name\n1,Ann\n2,Bob\n3,Cy\n");
        write("select(mapColumn(id, name))", "insertable: true");
    }

    private String write(String transformation, String options) {
        world.flow("w", List.of("s=in"), List.of("out=lake"), """
            source(output(id as integer, name as string)) ~> s
            s %s ~> t
            t sink(format: 'delta', fileSystem: 'data', folderPath: 't', %s) ~> out""".formatted(transformation, options));
        return world.run("w").message();
    }

    private String run(String columns) {
        world.flow("r", List.of("s=lake"), List.of("out=out"), """
            source(format: 'delta', fileSystem: 'data', folderPath: 't', allowSchemaDrift: true) ~> s
            s select(mapColumn(%s)) ~> c
            c sort(asc(id)) ~> o
            o sink(partitionFileNames:['x.csv']) ~> out""".formatted(columns));
        return world.run("r").message();
    }

    private String read(String columns) {
        assertThat(run(columns)).isEmpty();
        return world.text("out/x.csv");
    }

    private String log(int version) {
        return "t/_delta_log/%020d.json".formatted(version);
    }

    private void changeLog(UnaryOperator<String> change) {
        world.file(log(0), change.apply(world.text(log(0))));
    }

    private void protocol(String reader, String writer) {
        changeLog(log -> log.replace("{\"minReaderVersion\":1,\"minWriterVersion\":2}", """
            {"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":[%s],"writerFeatures":[%s]}""".formatted(reader, writer)));
    }

    private void property(String name, String value) {
        changeLog(log -> log.replaceFirst("\"configuration\":\\{", Matcher.quoteReplacement(
            "\"configuration\":{\"" + name + "\":\"" + value + "\",")).replace(",}", "}"));
    }

    /** A commit that puts the only file in place of itself, with rows marked as deleted. */
    private void delete(int... positions) throws Exception {
        RoaringBitmap bitmap = RoaringBitmap.bitmapOf(positions);
        ByteBuffer bytes = ByteBuffer.allocate(4 + 8 + 4 + bitmap.serializedSizeInBytes()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(1681511377).putLong(1).putInt(0);
        bitmap.serialize(bytes);
        ObjectNode add = (ObjectNode) world.text(log(0)).lines().map(JsonMapper.shared()::readTree)
            .filter(line -> line.has("add")).findFirst().orElseThrow();
        ObjectNode remove = JsonMapper.shared().createObjectNode();
        remove.putObject("remove").put("path", add.at("/add/path").asString()).put("deletionTimestamp", 1).put("dataChange", true);
        byte[] padded = Arrays.copyOf(bytes.array(), (bytes.capacity() + 3) / 4 * 4);
        ((ObjectNode) add.get("add")).putObject("deletionVector").put("storageType", "i")
            .put("pathOrInlineDv", Base85Codec.encodeBytes(padded)).put("sizeInBytes", bytes.capacity())
            .put("cardinality", positions.length);
        world.file(log(1), remove + "\n" + add + "\n");
    }

    @Test
    void leavesOutRowsThatADeletionVectorMarks() throws Exception {
        protocol("\"deletionVectors\"", "\"deletionVectors\"");
        delete(0, 2);
        assertThat(read("id, name")).isEqualTo("id,name\n2,Bob\n");
        world.file("in/a.csv", "id,name\n1,Again\n2,Bobby\n");
        assertThat(write("derive(name = upper(name))", "insertable: true, upsertable: true, keys: ['id']")).isEmpty();
        assertThat(read("id, name")).isEqualTo("id,name\n1,AGAIN\n2,BOBBY\n");
        assertThat(world.text(log(2))).contains("\"deletionVector\":{\"storageType\":\"i\"");
    }

    @Test
    void countsPositionsThroughAllRowGroups() throws Exception {
        world.file("in/a.csv", "id,name\n" + IntStream.range(0, 300_000).mapToObj(i -> i + ",n").collect(Collectors.joining("\n")) + "\n");
        assertThat(write("select(mapColumn(id, name))", "overwrite: true")).isEmpty();
        world.file(log(0), world.text(log(0)).lines().filter(line -> !line.contains("\"add\"")).collect(Collectors.joining("\n"))
            + "\n" + world.text(log(1)).lines().filter(line -> line.contains("\"add\"")).findFirst().orElseThrow() + "\n");
        protocol("\"deletionVectors\"", "\"deletionVectors\"");
        delete(0, 122_880, 250_001, 299_999);
        world.flow("r", List.of("s=lake"), List.of("out=out"), """
            source(format: 'delta', fileSystem: 'data', folderPath: 't', allowSchemaDrift: true) ~> s
            s aggregate(rows = count(), missing = 299999L * 150000L - sum(toLong(byName('id')))) ~> a
            a sink(partitionFileNames:['x.csv']) ~> out""");
        assertThat(world.run("r").message()).isEmpty();
        assertThat(world.text("out/x.csv")).isEqualTo("rows,missing\n299996," + (122_880 + 250_001 + 299_999) + "\n");
    }

    @Test
    void readsAndWritesColumnsThatFilesCallOtherwise() {
        changeLog(log -> log.replace("\\\"name\\\":\\\"name\\\",\\\"type\\\":\\\"string\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}",
            "\\\"name\\\":\\\"full name\\\",\\\"type\\\":\\\"string\\\",\\\"nullable\\\":true,\\\"metadata\\\":"
                + "{\\\"delta.columnMapping.id\\\":2,\\\"delta.columnMapping.physicalName\\\":\\\"name\\\"}")
            .replace("\\\"nullable\\\":true,\\\"metadata\\\":{}", "\\\"nullable\\\":true,\\\"metadata\\\":"
                + "{\\\"delta.columnMapping.id\\\":1,\\\"delta.columnMapping.physicalName\\\":\\\"id\\\"}"));
        protocol("\"columnMapping\"", "\"columnMapping\"");
        property("delta.columnMapping.maxColumnId", "2");
        property("delta.columnMapping.mode", "name");
        assertThat(read("id, {full name}")).isEqualTo("id,full name\n1,Ann\n2,Bob\n3,Cy\n");
        world.file("in/a.csv", "id,name\n7,Gil\n");
        assertThat(write("select(mapColumn(id, {full name} = name))", "insertable: true")).isEmpty();
        world.file("in/a.csv", "id,name\n8,Ida\n");
        assertThat(write("select(mapColumn(id, {full name} = name, {a;b} = id))", "insertable: true, mergeSchema: true")).isEmpty();
        assertThat(read("id, {full name}, {a;b}")).isEqualTo("id,full name,a;b\n1,Ann,\n2,Bob,\n3,Cy,\n7,Gil,\n8,Ida,8\n");
    }

    @Test
    void heedsPropertiesAndConstraints() {
        property("delta.appendOnly", "true");
        assertThat(write("select(mapColumn(id, name))", "insertable: true")).isEmpty();
        assertThat(write("select(mapColumn(id, name))", "overwrite: true"))
            .contains("Delta table 'data/t' only takes new rows: its property delta.appendOnly is true");
        changeLog(log -> log.replaceFirst("nullable\\\\\":true", "nullable\\\\\":false"));
        assertThat(write("select(mapColumn(name))", "insertable: true")).contains("NOT NULL constraint violated for column: id");
        assertThat(read("id")).isEqualTo("id\n1\n1\n2\n2\n3\n3\n");
    }

    @Test
    void refusesFeaturesByName() {
        protocol("\"deletionVectors\",\"teleportation\"", "\"deletionVectors\",\"teleportation\"");
        assertThat(run("id")).contains("NOT_SUPPORTED", "Delta table 'data/t'", "teleportation");
        changeLog(log -> log.replace("teleportation", "columnMapping"));
        property("delta.columnMapping.mode", "id");
        assertThat(run("id")).contains("NOT_SUPPORTED", "delta.columnMapping.mode 'id'");
    }

    @Test
    void refusesToWriteWhatItDoesNotHeed() {
        protocol("", "\"rowTracking\",\"domainMetadata\"");
        assertThat(run("id")).isEmpty();
        assertThat(write("select(mapColumn(id, name))", "insertable: true")).contains("NOT_SUPPORTED", "rowTracking");
    }
}
