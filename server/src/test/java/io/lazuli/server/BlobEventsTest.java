package io.lazuli.server;

import static io.lazuli.server.ServedWorkspace.copying;
import static io.lazuli.server.ServedWorkspace.onBlobs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.DataLakeServiceClientBuilder;
import io.lazuli.datafactory.run.RunRecord;
import io.lazuli.datafactory.run.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Triggers on storage events, fired by Azure's own client. */
class BlobEventsTest {
    private static final String CREATED = "'events': ['Microsoft.Storage.BlobCreated']";

    @TempDir
    private Path folder;

    @Test
    void pipelineCopiesWhatAClientPutAndTheClientReadsIt() {
        copying(folder, "load", "clean");
        onBlobs(folder, "on_sales", "load", CREATED + ", 'blobPathBeginsWith': '/raw/blobs/in/', 'blobPathEndsWith': '.csv', "
            + "'scope': '/subscriptions/1/resourceGroups/x/providers/Microsoft.Storage/storageAccounts/contoso'");
        try (ServedWorkspace served = new ServedWorkspace(folder)) {
            assertThat(served.state().triggers()).extracting("name", "type", "when").containsExactly(
                tuple("on_sales", "BlobEventsTrigger", "blobs created in contoso at /raw/blobs/in/… ending in .csv"));
            BlobServiceClient client = served.blobs();
            BlobContainerClient raw = client.createBlobContainer("raw");
            raw.getBlobClient("in/skipped.txt").upload(BinaryData.fromString("no"));
            raw.getBlobClient("elsewhere/skipped.csv").upload(BinaryData.fromString("no"));
            raw.getBlobClient("in/empty.csv").upload(BinaryData.fromString(""));
            raw.getBlobClient("in/2024/sales.csv").upload(BinaryData.fromString("a,b\n1,2\n"));
            List<RunRecord> runs = served.awaitRuns(1);
            assertThat(runs).singleElement().satisfies(run -> {
                assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
                assertThat(run.request().trigger().name()).isEqualTo("on_sales");
                assertThat(run.request().trigger().type()).isEqualTo("BlobEventsTrigger");
                assertThat(run.request().parameters().toString()).isEqualTo("{\"folder\":\"raw/in/2024\",\"file\":\"sales.csv\"}");
            });
            assertThat(client.getBlobContainerClient("clean").getBlobClient("done/sales.csv").downloadContent().toString())
                .isEqualTo("a,b\n1,2\n");
        }
    }

    @Test
    void firesOnceForAFileThatIsWrittenInPieces() {
        copying(folder, "load", "clean");
        onBlobs(folder, "on_files", "load", CREATED + ", 'blobPathBeginsWith': '/raw/', 'ignoreEmptyBlobs': false");
        try (ServedWorkspace served = new ServedWorkspace(folder)) {
            DataLakeFileClient file = new DataLakeServiceClientBuilder().connectionString(served.connectionString()).buildClient()
                .createFileSystem("raw").createFile("a.csv");
            file.append(BinaryData.fromString("123"), 0);
            file.flushWithResponse(3, false, false, null, null, null, Context.NONE);
            file.append(BinaryData.fromString("45"), 3);
            file.flushWithResponse(5, false, true, null, null, null, Context.NONE);
            served.awaitRuns(1);
            assertThat(served.blobs().getBlobContainerClient("clean").getBlobClient("done/a.csv").downloadContent()).hasToString("12345");
            assertThat(served.runs()).hasSize(1);
        }
    }

    @Test
    void goesOnAfterARunThatFailed() {
        copying(folder, "load", "clean");
        onBlobs(folder, "on_deletion", "load", "'events': ['Microsoft.Storage.BlobDeleted'], 'blobPathBeginsWith': '/raw/'");
        onBlobs(folder, "on_creation", "load", CREATED + ", 'blobPathBeginsWith': '/raw/'");
        try (ServedWorkspace served = new ServedWorkspace(folder)) {
            BlobContainerClient raw = served.blobs().createBlobContainer("raw");
            raw.getBlobClient("a").upload(BinaryData.fromString("1"));
            served.awaitRuns(1);
            raw.getBlobClient("a").delete();
            served.awaitRuns(2);
            raw.getBlobClient("b").upload(BinaryData.fromString("2"));
            served.awaitRuns(3);
            assertThat(served.runs().reversed()).extracting(run -> run.request().trigger().name(), RunRecord::status).containsExactly(
                tuple("on_creation", RunStatus.SUCCEEDED), tuple("on_deletion", RunStatus.FAILED),
                tuple("on_creation", RunStatus.SUCCEEDED));
        }
    }

    @Test
    void firesOnceForAFileThatIsCopiedIntoTheFolder() throws Exception {
        copying(folder, "load", "clean");
        onBlobs(folder, "on_files", "load", CREATED + ", 'blobPathBeginsWith': '/raw/blobs/in/'");
        Path files = folder.resolve(".lazuli/lake/contoso");
        try (ServedWorkspace served = new ServedWorkspace(folder)) {
            Files.createDirectories(files.resolve("raw/in"));
            Files.writeString(files.resolve("raw/in/a.csv"), "1");
            served.awaitRuns(1);
            Files.writeString(files.resolve("raw/in/b.csv"), "2");
            assertThat(served.awaitRuns(2)).hasSize(2).allMatch(ServedWorkspace::succeeded);
            assertThat(files.resolve("clean/done/a.csv")).hasContent("1");
            assertThat(files.resolve("clean/done/b.csv")).hasContent("2");
        }
    }

    @Test
    void firesForWhatAPipelineWrites() {
        copying(folder, "first", "clean");
        copying(folder, "second", "published");
        onBlobs(folder, "on_raw", "first", CREATED + ", 'blobPathBeginsWith': '/raw/'");
        onBlobs(folder, "on_clean", "second", CREATED + ", 'blobPathBeginsWith': '/clean/'");
        try (ServedWorkspace served = new ServedWorkspace(folder)) {
            served.blobs().createBlobContainer("raw").getBlobClient("a.csv").upload(BinaryData.fromString("1"));
            served.awaitRuns(2);
            assertThat(served.runs()).allMatch(ServedWorkspace::succeeded);
            assertThat(served.blobs().getBlobContainerClient("published").getBlobClient("done/a.csv").downloadContent()).hasToString("1");
        }
    }

    @Test
    void leavesTriggersAloneThatAreNotStarted() throws Exception {
        copying(folder, "load", "clean");
        onBlobs(folder, "stopped", "load", CREATED + ", 'blobPathBeginsWith': '/raw/'");
        Path trigger = folder.resolve("trigger/stopped.json");
        Files.writeString(trigger, Files.readString(trigger).replace("Started", "Stopped"));
        try (ServedWorkspace served = new ServedWorkspace(folder)) {
            assertThat(served.state().triggers()).isEmpty();
        }
    }
}
