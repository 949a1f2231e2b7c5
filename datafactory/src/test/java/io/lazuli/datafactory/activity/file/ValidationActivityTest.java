package io.lazuli.datafactory.activity.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.datafactory.activity.ActivityFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class ValidationActivityTest {
    @TempDir
    private Path folder;
    private FileWorld world;

    @BeforeEach
    void makeWorld() throws IOException {
        world = new FileWorld(folder);
        world.write("data/in/a.csv", "12345");
        Files.createDirectories(world.file("data/empty"));
        world.dataset("file", "Binary", "in", "a.csv", "{}").dataset("folder", "Binary", "in", "", "{}")
            .dataset("empty", "Binary", "empty", "", "{}").dataset("missing", "Binary", "in", "b.csv", "{}");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private ObjectNode run(String dataset, String more) throws InterruptedException {
        return world.run(new ValidationActivity(),
            "{'dataset': {'referenceName': '" + dataset + "', 'type': 'DatasetReference'}" + more + "}");
    }

    @Test
    void succeedsAtOnceForWhatIsThere() throws InterruptedException {
        assertThat(run("file", ", 'minimumSize': 5").path("size").asInt()).isEqualTo(5);
        assertThat(run("folder", "").path("childItems").size()).isEqualTo(1);
        assertThat(run("folder", ", 'childItems': true").path("exists").asBoolean()).isTrue();
        assertThat(run("empty", ", 'childItems': false").path("itemType").asString()).isEqualTo("Folder");
    }

    @Test
    void failsWhenTheTimeIsOver() {
        String atOnce = ", 'timeout': '00:00:00', 'sleep': 0";
        assertThatThrownBy(() -> run("missing", atOnce)).isInstanceOf(ActivityFailure.class).hasMessageContaining("was not there");
        assertThatThrownBy(() -> run("file", ", 'minimumSize': 6" + atOnce)).hasMessageContaining("was not as it should be");
        assertThatThrownBy(() -> run("empty", ", 'childItems': true" + atOnce)).hasMessageContaining("was not as it should be");
        assertThatThrownBy(() -> run("folder", ", 'childItems': false" + atOnce)).hasMessageContaining("was not as it should be");
        assertThatThrownBy(() -> run("file", ", 'timeout': 'soon'")).hasMessageContaining("a time span such as 0.12:00:00");
    }

    @Test
    void waitsForAFileToCome() throws Exception {
        CompletableFuture<ObjectNode> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return run("missing", ", 'sleep': 0, 'timeout': '0.00:10:00'");
            } catch (InterruptedException cancelled) {
                throw new IllegalStateException(cancelled);
            }
        });
        world.write("data/in/b.csv", "x");
        assertThat(waiting.get().path("itemName").asString()).isEqualTo("b.csv");
    }
}
