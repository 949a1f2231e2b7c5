package io.lazuli.datafactory.activity.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.connector.http.WebServer;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class LookupActivityTest {
    @TempDir
    private Path folder;
    private FileWorld world;
    private DuckDbEngine engine;

    @BeforeEach
    void makeWorld() throws IOException {
        engine = new DuckDbEngine(DuckDbSettings.of(folder));
        world = new FileWorld(folder.resolve("lake")).engine(engine);
        world.write("data/tables.json", "{\"Id\": 1, \"table\": {\"name\": \"Table1\"}}\n{\"Id\": 2}\n");
        world.write("data/array.json", "[{\"Id\": \"1\", \"price\": 1.10}, {\"Id\": \"2\"}]");
        world.write("data/orders.csv", "id,name\n1,\"a,b\"\n2,\n");
        world.write("data/bad.json", "{\"Id\": 1}\n{\"Id\": ");
        world.write("data/empty.csv", "id,name\n");
        StringBuilder many = new StringBuilder("n\n");
        for (int i = 0; i < 6000; i++) {
            many.append(i).append('\n');
        }
        world.write("data/many.csv", many.toString());
        world.write("data/large.json", ("{\"text\": \"" + "x".repeat(1 << 20) + "\"}\n").repeat(5));
        for (String name : new String[] {"tables.json", "array.json", "bad.json", "large.json", "missing.json"}) {
            world.dataset(name, "Json", "", name, "{}");
        }
        for (String name : new String[] {"orders.csv", "many.csv", "empty.csv"}) {
            world.dataset(name, "DelimitedText", "", name, "{'firstRowAsHeader': true}");
        }
    }

    @AfterEach
    void close() {
        world.close();
        engine.close();
    }

    private ObjectNode run(String dataset, String more) throws InterruptedException {
        ObjectNode output = world.run(new LookupActivity(), "{'source': {'type': 'JsonSource', 'storeSettings': {'recursive': true}}, "
            + "'dataset': {'referenceName': '" + dataset + "', 'type': 'DatasetReference'}" + more + "}");
        output.remove("effectiveIntegrationRuntime");
        output.remove("executionDuration");
        output.remove("durationInQueue");
        return output;
    }

    @Test
    void givesTheFirstRowByDefault() throws InterruptedException {
        assertThat(run("tables.json", "")).hasToString("{\"firstRow\":{\"Id\":1,\"table\":{\"name\":\"Table1\"}}}");
        assertThat(run("orders.csv", "")).hasToString("{\"firstRow\":{\"id\":\"1\",\"name\":\"a,b\"}}");
    }

    @Test
    void givesAllRowsWithTheirCount() throws InterruptedException {
        assertThat(run("array.json", ", 'firstRowOnly': false"))
            .hasToString("{\"count\":2,\"value\":[{\"Id\":\"1\",\"price\":1.10},{\"Id\":\"2\"}]}");
        assertThat(run("orders.csv", ", 'firstRowOnly': 'False'"))
            .hasToString("{\"count\":2,\"value\":[{\"id\":\"1\",\"name\":\"a,b\"},{\"id\":\"2\",\"name\":null}]}");
    }

    @Test
    void leavesFirstRowOutWhenThereIsNone() throws InterruptedException {
        assertThat(run("empty.csv", "")).hasToString("{}");
        assertThat(run("empty.csv", ", 'firstRowOnly': false")).hasToString("{\"count\":0,\"value\":[]}");
    }

    @Test
    void cutsAfterFiveThousandRows() throws InterruptedException {
        ObjectNode output = run("many.csv", ", 'firstRowOnly': false");
        assertThat(output.path("count").asInt()).isEqualTo(5000);
        assertThat(output.path("value").path(4999).path("n").asString()).isEqualTo("4999");
    }

    @Test
    void failsWhenTheRowsAreLongerThanFourMegabytes() {
        assertThatThrownBy(() -> run("large.json", ", 'firstRowOnly': false"))
            .isInstanceOfSatisfying(ActivityFailure.class, failure -> assertThat(failure.errorCode()).isEqualTo("5000"))
            .hasMessage("The length of execution output is over limit (around 4MB currently).");
    }

    @Test
    void failsForWhatIsMissingOrMalformed() {
        assertThatThrownBy(() -> run("missing.json", ""))
            .isInstanceOfSatisfying(ActivityFailure.class, failure -> assertThat(failure.errorCode()).isEqualTo("2100"))
            .hasMessageContaining("PathNotFound");
        assertThatThrownBy(() -> run("bad.json", ", 'firstRowOnly': false")).isInstanceOf(ActivityFailure.class)
            .hasMessageStartingWith("File 'bad.json' is not JSON").hasMessageContaining("line ");
    }

    @Test
    void readsAFileOfAWebServer() throws Exception {
        try (WebServer server = new WebServer(_ -> new WebServer.Answer(200, "id;name\n1;a\n2;b\n", Map.of()))) {
            world.web("list", "DelimitedText", server.url(), """
                {
                 "location": {"type": "HttpServerLocation", "relativeUrl": "list.csv"}, "columnDelimiter": ";",
                 "firstRowAsHeader": true}""");
            assertThat(run("list", ", 'firstRowOnly': false").path("value"))
                .hasToString("[{\"id\":\"1\",\"name\":\"a\"},{\"id\":\"2\",\"name\":\"b\"}]");
        }
    }
}
