package io.lazuli.datafactory.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.datafactory.run.RunRecord;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that delta-rs wrote: four versions, partitions with escaped and null values, a deleted row, a checkpoint at version 2. */
class DeltaSourceTest {
    @TempDir
    private Path folder;
    private FlowWorld world;

    @BeforeEach
    void open() throws Exception {
        world = new FlowWorld(folder).csv("out", "out", "").dataset("json", "Json", "out");
        copy("people");
    }

    private void copy(String table) throws IOException, URISyntaxException {
        Path from = Path.of(getClass().getResource("/delta/" + table).toURI());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path to = world.lake().resolve(table).resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
    }

    private RunRecord run(String options, String columns) {
        world.flow("f", List.of("s=lake"), List.of("out=out"), """
            source(format: 'delta', compressionType: 'snappy', compressionLevel: 'Fastest', fileSystem: 'data', %s,
                allowSchemaDrift: true, validateSchema: false) ~> s
            s select(mapColumn(%s)) ~> c
            c sort(asc(id)) ~> o
            o sink(partitionFileNames:['x.csv']) ~> out""".formatted(options, columns));
        return world.run("f");
    }

    private String read(String options, String columns) {
        assertThat(run(options, columns).message()).isEmpty();
        return world.text("out/x.csv");
    }

    @Test
    void readsTheLatestVersion() {
        assertThat(read("folderPath: 'people'", "id, name, country, born")).isEqualTo("""
            id,name,country,born
            1,Ann,DE,1990-05-01
            3,Cy,,
            4,Di,DE,1990-05-01
            5,Ed,DE,1990-05-01
            """);
    }

    @Test
    void readsAVersion() {
        assertThat(read("folderPath: 'people', versionAsOf: 0", "id, country")).isEqualTo("id,country\n1,DE\n2,F R/x\n3,\n");
        assertThat(read("folderPath: 'people', versionAsOf: '1'", "id")).isEqualTo("id\n1\n2\n3\n4\n");
        assertThat(run("folderPath: 'people', versionAsOf: 9", "id").message())
            .contains("Delta table 'data/people'", "Cannot load table version 9", "INVALID_ARGUMENT");
    }

    @Test
    void readsTheVersionOfATime() throws IOException {
        for (int i = 0; i < 4; i++) {
            Files.setLastModifiedTime(world.lake().resolve("people/_delta_log/%020d.json".formatted(i)),
                FileTime.from(Instant.parse("2024-05-0" + (i + 1) + "T10:00:00Z")));
        }
        assertThat(read("folderPath: 'people', timestampAsOf: '2024-05-02 10:00:00'", "id")).isEqualTo("id\n1\n2\n3\n4\n");
        assertThat(read("folderPath: 'people', timestampAsOf: '2024-05-02'", "id")).isEqualTo("id\n1\n2\n3\n");
        assertThat(run("folderPath: 'people', timestampAsOf: '2024-04-01T00:00:00Z'", "id").message()).contains("INVALID_ARGUMENT");
        assertThat(run("folderPath: 'people', timestampAsOf: 'yesterday'", "id").message()).contains("timestampAsOf is a time such as");
    }

    @Test
    void readsACheckpointInParts() throws Exception {
        copy("parts");
        assertThat(read("folderPath: 'parts'", "id, name")).isEqualTo("id,name\n1,Ann\n3,Cy\n4,Di\n5,Ed\n");
    }

    @Test
    void readsEveryType() {
        world.flow("f", List.of("s=lake"), List.of("out=json"), """
            source(format: 'delta', fileSystem: 'data', folderPath: 'people') ~> s
            s filter(id <= 3) ~> f
            f derive(raw = md5(raw), text = toString(at)) ~> d
            d sort(asc(id)) ~> o
            o sink(partitionFileNames:['x.json']) ~> out""");
        assertThat(world.run("f").message()).isEmpty();
        assertThat(world.text("out/x.json")).isEqualTo("""
            {"id":1,"big":1099511627777,"small":100,"tiny":1,"name":"Ann","price":1235.567,"ratio":0.25,"half":0.5,"ok":false,\
            "day":"2024-01-01","at":"2024-01-01T08:15:00.123Z","local":"2024-01-01T09:00:00.000Z",\
            "raw":"90b82cfd67e3a72ceb8d642b3085f86d","tags":["a","b1"],"address":{"city":"Rome","since":"2000-01-01T00:00:00.000Z"},\
            "scores":{"x":1},"country":"DE","born":"1990-05-01","text":"2024-01-01 08:15:00.123456"}
            {"id":3,"big":1099511627779,"small":300,"tiny":3,"name":"Cy","price":1237.567,"ratio":0.75,"half":1.5,"ok":false,\
            "day":"2024-01-03","at":"2024-01-03T08:15:00.123Z","local":"2024-01-03T09:00:00.000Z",\
            "raw":"2b3f83fab773d7f6f68c81db0fd5c9ef","tags":["a","b3"],"address":null,\
            "scores":{"x":3},"country":null,"born":null,"text":"2024-01-03 08:15:00.123456"}""");
    }

    @Test
    void tellsWhichFolderHasNoTable() {
        assertThat(run("folderPath: 'nobody'", "id").message())
            .contains("There is no Delta table in 'data/nobody': there is no such folder", "NOT_FOUND");
        world.file("empty/_delta_log/readme.txt", "");
        assertThat(run("folderPath: 'empty'", "id").message()).contains("'data/empty': its folder _delta_log has no version");
        assertThat(run("folderPath: 'people/country=DE'", "id").message()).contains("it has no folder _delta_log");
        world.flow("f", List.of("s=lake"), List.of("out=out"), """
            source(output(id as integer), format: 'delta', fileSystem: 'data', folderPath: 'nobody', ignoreNoFilesFound: true) ~> s
            s sink(partitionFileNames:['x.csv']) ~> out""");
        assertThat(world.run("f").message()).isEmpty();
        assertThat(world.text("out/x.csv")).isEqualTo("id\n");
    }

    @Test
    void tellsWhatIsWrongWithATable() throws IOException {
        String log = "people/_delta_log/%020d.json".formatted(3);
        String whole = world.text(log);
        world.file(log, whole.substring(0, whole.length() / 2));
        assertThat(run("folderPath: 'people'", "id").message())
            .contains("MALFORMED_DATA", "Delta table 'data/people'", "Could not parse JSON");
        world.file(log, whole);
        Files.delete(world.lake().resolve("people/_delta_log/%020d.json".formatted(1)));
        assertThat(run("folderPath: 'people', versionAsOf: 1", "id").message()).contains("Delta table 'data/people'");
        String file = world.files().stream().filter(name -> name.startsWith("people/country=DE/")).findFirst().orElseThrow();
        Files.delete(world.lake().resolve(file));
        assertThat(run("folderPath: 'people'", "id").message()).contains("NOT_FOUND", "File 'data/" + file + "' does not exist");
    }
}
