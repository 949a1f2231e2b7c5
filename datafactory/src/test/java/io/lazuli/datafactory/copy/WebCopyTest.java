package io.lazuli.datafactory.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.source.Compression;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.http.WebServer;
import io.lazuli.files.Archives;
import io.lazuli.files.Compressions;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Copies from and to web addresses. */
class WebCopyTest {
    @TempDir
    private Path directory;
    private CopyWorld world;

    @BeforeEach
    void open() {
        world = new CopyWorld(directory);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void copiesThePagesOfARestResource() throws Exception {
        try (WebServer server = new WebServer(asked -> WebServer.Answer.json(asked.uri().toString().endsWith("page=2")
            ? "{\"items\": [{\"id\": 3, \"name\": \"c\"}]}"
            : "{\"items\": [{\"id\": 1, \"name\": \"a\"}, {\"id\": 2, \"name\": \"b\"}], \"next\": \"/items?page=2\"}"))) {
            world.dataset(dataset("rest", "RestResource", "RestService", server.url(), "{\"relativeUrl\": \"items\"}"));
            world.files("out", "DelimitedText", "out", "items.csv", "\"firstRowAsHeader\": true");
            ObjectNode output = world.copy("rest", "out", """
                {"source": {"type": "RestSource", "requestInterval": "00:00:00.001", "paginationRules": {"AbsoluteUrl": "$.next"}},
                 "sink": {"type": "DelimitedTextSink", "formatSettings": {"type": "DelimitedTextWriteSettings"}},
                 "translator": {"type": "TabularTranslator", "collectionReference": "$['items']", "mappings": [
                   {"source": {"path": "['id']"}, "sink": {"name": "id"}},
                   {"source": {"path": "['name']"}, "sink": {"name": "name"}}]}}""");
            assertThat(world.read("out/items.csv")).isEqualToNormalizingNewlines("id,name\n1,a\n2,b\n3,c\n");
            assertThat(output.get("rowsCopied").asInt()).isEqualTo(3);
        }
    }

    @Test
    void sendsRowsToARestResource() throws Exception {
        try (WebServer server = new WebServer(asked -> new WebServer.Answer(200, "", Map.of()))) {
            world.file("in/a.csv", "id,name\n1,a\n2,b\n3,c\n").files("in", "DelimitedText", "in", "a.csv", "\"firstRowAsHeader\": true");
            world.dataset(dataset("rest", "RestResource", "RestService", server.url(), "{}"));
            ObjectNode output = world.copy("in", "rest", """
                {"source": {"type": "DelimitedTextSource"}, "sink": {"type": "RestSink", "writeBatchSize": 2, "requestInterval": 10}}""");
            assertThat(server.asked()).extracting(WebServer.Asked::text).containsExactly(
                "[{\"id\":\"1\",\"name\":\"a\"},{\"id\":\"2\",\"name\":\"b\"}]", "[{\"id\":\"3\",\"name\":\"c\"}]");
            assertThat(output.get("rowsCopied").asInt()).isEqualTo(3);
        }
    }

    @Test
    void copiesAFileOfAWebServer() throws Exception {
        try (WebServer server = new WebServer(asked -> new WebServer.Answer(200, "id;name\n1;a\n", Map.of()))) {
            world.dataset(dataset("http", "DelimitedText", "HttpServer", server.url(), """
                {"location": {"type": "HttpServerLocation", "relativeUrl": "files/list.txt?v=1"}, "columnDelimiter": ";",
                 "firstRowAsHeader": true}"""));
            world.files("out", "Json", "out", "list.json", null);
            world.copy("http", "out", """
                {"source": {"type": "DelimitedTextSource", "storeSettings": {"type": "HttpReadSettings", "requestMethod": "GET"}},
                 "sink": {"type": "JsonSink"}}""");
            assertThat(world.read("out/list.json").strip()).isEqualTo("{\"id\":\"1\",\"name\":\"a\"}");
            assertThat(server.asked().getFirst().uri()).hasToString("/files/list.txt?v=1");
        }
    }

    @Test
    void unpacksAnArchiveOfAWebServer() throws Exception {
        Path inside = Files.writeString(directory.resolve("a.csv"), "id\n1\n");
        Path archive = directory.resolve("all.tar");
        Archives.create(archive, Compression.TAR, Compressions.Level.FASTEST, List.of(new Archives.Entry("sub/a.csv", inside)));
        try (WebServer server = new WebServer(asked -> new WebServer.Answer(200, text(archive), Map.of()))) {
            world.dataset(dataset("http", "Binary", "HttpServer", server.url(), """
                {"location": {"type": "HttpServerLocation", "relativeUrl": "all.tar"}, "compression": {"type": "Tar"}}"""));
            world.files("out", "Binary", "out", null, null);
            world.copy("http", "out", """
                {"source": {"type": "BinarySource", "storeSettings": {"type": "HttpReadSettings", "requestMethod": "GET"}},
                 "sink": {"type": "BinarySink"}}""");
            assertThat(world.read("out/all/sub/a.csv")).isEqualTo("id\n1\n");
        }
    }

    private static String text(Path ascii) {
        try {
            return Files.readString(ascii, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void failsWithTheStatusOfTheServer() throws Exception {
        try (WebServer server = new WebServer(asked -> new WebServer.Answer(401, "who are you", Map.of()))) {
            world.dataset(dataset("rest", "RestResource", "RestService", server.url(), "{}")).files("out", "Json", "out", "a.json", null);
            assertThatThrownBy(() -> world.copy("rest", "out", """
                {"source": {"type": "RestSource"}, "sink": {"type": "JsonSink"}}"""))
                .hasMessageContaining("401").hasMessageContaining("who are you");
        }
    }

    private static ResolvedDataset dataset(String name, String type, String serviceType, String url, String properties) {
        ObjectNode service = CopyWorld.object("{\"authenticationType\": \"Anonymous\"}").put("url", url);
        return new ResolvedDataset(name, type, CopyWorld.object(properties), null,
            new ResolvedLinkedService("web", serviceType, service, Place.UNKNOWN), Place.UNKNOWN);
    }
}
