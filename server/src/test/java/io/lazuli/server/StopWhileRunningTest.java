package io.lazuli.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run that goes on while the services stop. */
class StopWhileRunningTest {
    /** So many that what is known of them is not in memory as a whole. */
    private static final int FILES = 3000;

    @TempDir
    private Path folder;

    private Path lake;

    /** Each file's run waits before it writes. */
    @BeforeEach
    void write() throws IOException {
        ServedWorkspace.copying(folder, "load", "out");
        Path pipeline = folder.resolve("pipeline/load.json");
        Files.writeString(pipeline, Files.readString(pipeline).replace("{\"name\": \"Copy\",", "{\"name\": \"Wait\", \"type\": \"Wait\", "
            + "\"typeProperties\": {\"waitTimeInSeconds\": 2}}, {\"name\": \"Copy\", \"dependsOn\": [{\"activity\": \"Wait\", "
            + "\"dependencyConditions\": [\"Succeeded\"]}],"));
        ServedWorkspace.onBlobs(folder, "arrived", "load", "'events': ['Microsoft.Storage.BlobCreated'], 'blobPathBeginsWith': '/raw/'");
        lake = ServedWorkspace.data(folder).resolve("lake/contoso");
        Files.createDirectories(lake.resolve("raw/old"));
        for (int i = 0; i < FILES; i++) {
            Files.writeString(lake.resolve("raw/old").resolve(Integer.toString(i)), "1");
        }
    }

    @Test
    void aRunThatWritesItsFileOnceRequestsHaveEndedSucceeds() throws IOException {
        try (ServedWorkspace served = new ServedWorkspace(folder)) {
            // Is told once all that was there is noted.
            Files.writeString(lake.resolve("raw/new"), "1");
            served.awaitRuns(1);
            served.blobs().getBlobContainerClient("raw").getBlobClient("late").upload(BinaryData.fromString("2"));
            ServedWorkspace.await(() -> served.runs().size() == 2);
        }
        ServedWorkspace.await(() -> ServedWorkspace.runs(folder).stream().allMatch(run -> run.status().ended()));
        assertThat(ServedWorkspace.runs(folder)).hasSize(2).allMatch(ServedWorkspace::succeeded);
        assertThat(lake.resolve("out/done/late")).hasContent("2");
    }
}
