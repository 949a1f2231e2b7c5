package io.lazuli.storage.endpoint;

import static io.lazuli.storage.endpoint.TestIdentities.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.AccessTier;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.CustomerProvidedKey;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.azure.storage.file.datalake.DataLakeDirectoryClient;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.DataLakeServiceClientBuilder;
import io.lazuli.foundation.Place;
import io.lazuli.storage.event.StorageEvent;
import io.lazuli.storage.lifecycle.LifecyclePolicy;
import io.lazuli.storage.lifecycle.LifecycleReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The events of Azure Event Grid, of what Azure's own clients do. */
class StorageEventsTest {
    @TempDir
    private Path folder;

    private final List<StorageEvent> events = new CopyOnWriteArrayList<>();
    private StorageWorld world;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder, Optional.of(events::add));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private DataLakeFileSystemClient lake() {
        return new DataLakeServiceClientBuilder().endpoint(world.url()).credential(world.credential())
            .retryOptions(StorageWorld.once()).buildClient().createFileSystem("lake");
    }

    @Test
    void tellsTheSizeOfContentThatIsEncryptedWithItsClientsKey() {
        CustomerProvidedKey key = new CustomerProvidedKey(new byte[32]);
        world.container("raw");
        BlobContainerClient container = new BlobServiceClientBuilder().endpoint(world.url().replace("http:", "https:"))
            .credential(world.credential()).retryOptions(StorageWorld.once()).customerProvidedKey(key).addPolicy(new OverHttp())
            .buildClient().getBlobContainerClient("raw");
        container.getBlobClient("text").upload(BinaryData.fromString("text"));
        container.getBlobClient("disk").getPageBlobClient().create(1024);
        assertThat(events).extracting(event -> event.data().get("contentLength").asLong()).containsExactly(4L, 1024L);
    }

    /** Each event as type, api and subject. */
    private List<String> told() {
        return events.stream().map(event -> event.eventType().replace("Microsoft.Storage.", "") + " "
            + event.data().get("api").asString() + " " + event.subject().replace("/blobServices/default/containers/", "")).toList();
    }

    /** The event's JSON with what no test can know taken out, once it was seen to be there. */
    private static JsonNode known(StorageEvent event) {
        ObjectNode json = event.toJson();
        ObjectNode data = (ObjectNode) json.get("data").deepCopy();
        assertThat(data.remove("sequencer").asString()).matches("[0-9A-F]{48}");
        assertThat(data.remove("requestId").asString()).matches("[0-9a-f-]{36}");
        assertThat(data.remove("clientRequestId").asString()).matches("[0-9a-f-]{36}");
        assertThat(data.remove("storageDiagnostics").get("batchId").asString()).matches("[0-9a-f-]{36}");
        assertThat(json.remove("id").asString()).matches("[0-9a-f-]{36}");
        assertThat(json.remove("eventTime").asString()).matches("20..-..-..T.*Z");
        json.set("data", data);
        return json;
    }

    @Test
    void tellsOfABlobThatWasPut() {
        BlobContainerClient container = world.container("raw");
        BlobClient blob = container.getBlobClient("in/año 1.csv");
        blob.uploadWithResponse(new BlobParallelUploadOptions(BinaryData.fromString("a,b\n1,2\n"))
            .setHeaders(new com.azure.storage.blob.models.BlobHttpHeaders().setContentType("text/csv")), null, Context.NONE);
        String url = world.url() + "/raw/in/a%C3%B1o%201.csv";
        JsonNode expected = JsonMapper.builder().build().readTree("""
            {"topic": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/Microsoft.Storage\
            /storageAccounts/contoso",
             "subject": "/blobServices/default/containers/raw/blobs/in/año 1.csv",
             "eventType": "Microsoft.Storage.BlobCreated",
             "data": {"api": "PutBlob", "eTag": "%s", "contentType": "text/csv", "contentLength": 8, "blobType": "BlockBlob",
                      "accessTier": "Default", "blobUrl": "%s", "url": "%s", "identity": "$superuser"},
             "dataVersion": "", "metadataVersion": "1"}""".formatted(blob.getProperties().getETag().replace("\"", ""), url, url));
        assertThat(events).hasSize(1);
        // Numbers are long here and int there.
        assertThat(JsonMapper.builder().build().readTree(known(events.getFirst()).toString())).isEqualTo(expected);
    }

    @Test
    void tellsWhichOperationCreatedDeletedOrTieredABlob() {
        BlobContainerClient container = world.container("raw");
        BlobClient one = container.getBlobClient("one");
        one.upload(BinaryData.fromString("1"));
        BlockBlobClient blocks = container.getBlobClient("blocks").getBlockBlobClient();
        String id = Base64.getEncoder().encodeToString("0001".getBytes(StandardCharsets.UTF_8));
        blocks.stageBlock(id, BinaryData.fromString("block"));
        blocks.commitBlockList(List.of(id));
        container.getBlobClient("copy").beginCopy(one.getBlobUrl(), Duration.ofMillis(10)).waitForCompletion(Duration.ofMinutes(5));
        one.setAccessTier(AccessTier.COOL);
        one.setMetadata(Map.of("a", "b"));
        AppendBlobClient log = container.getBlobClient("log").getAppendBlobClient();
        log.create();
        log.appendBlock(new ByteArrayInputStream(new byte[] {1}), 1);
        one.delete();
        assertThat(told()).containsExactly("BlobCreated PutBlob raw/blobs/one", "BlobCreated PutBlockList raw/blobs/blocks",
            "BlobCreated CopyBlob raw/blobs/copy", "BlobTierChanged SetBlobTier raw/blobs/one", "BlobCreated PutBlob raw/blobs/log",
            "BlobDeleted DeleteBlob raw/blobs/one");
        assertThat(events.get(3).data().get("accessTier").asString()).isEqualTo("Cool");
        assertThat(events.get(5).data().propertyNames()).containsExactly("api", "clientRequestId", "requestId", "contentType", "blobType",
            "url", "sequencer", "identity", "storageDiagnostics");
    }

    @Test
    void tellsOfFilesOnceTheyAreClosedAndOfDirectories() {
        DataLakeFileSystemClient lake = lake();
        DataLakeDirectoryClient directory = lake.createDirectory("in");
        DataLakeFileClient file = directory.createFile("a.csv");
        file.append(BinaryData.fromString("123"), 0);
        file.flushWithResponse(3, false, false, null, null, null, Context.NONE);
        file.append(BinaryData.fromString("45"), 3);
        file.flushWithResponse(5, false, true, null, null, null, Context.NONE);
        file.rename(null, "in/b.csv");
        directory.rename(null, "out");
        lake.getDirectoryClient("out").deleteRecursively();
        assertThat(told()).containsExactly("DirectoryCreated CreateDirectory lake/blobs/in", "BlobCreated CreateFile lake/blobs/in/a.csv",
            "BlobCreated FlushWithClose lake/blobs/in/a.csv", "BlobRenamed RenameFile lake/blobs/in/b.csv",
            "DirectoryRenamed RenameDirectory lake/blobs/out", "DirectoryDeleted DeleteDirectory lake/blobs/out");
        assertThat(events.stream().map(StorageEvent::dataVersion)).containsExactly("1", "2", "2", "1", "1", "1");
        assertThat(events.get(2).data().get("contentLength").asLong()).isEqualTo(5);
        assertThat(events.get(3).data().get("sourceUrl").asString()).isEqualTo(world.url() + "/lake/in/a.csv");
        assertThat(events.get(3).data().get("destinationUrl").asString()).isEqualTo(world.url() + "/lake/in/b.csv");
        assertThat(events.get(5).data().get("recursive").asString()).isEqualTo("true");
    }

    @Test
    void ordersTheChangesOfABlobAsTheyWereMade() throws Exception {
        BlobContainerClient container = world.container("raw");
        BlobClient blob = container.getBlobClient("contended");
        try (ExecutorService writers = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 64; i++) {
                String text = Integer.toString(i);
                writers.submit(() -> blob.upload(BinaryData.fromString(text), true));
            }
        }
        List<String> sequencers = events.stream().map(event -> event.data().get("sequencer").asString()).toList();
        assertThat(sequencers).hasSize(64).isSorted().doesNotHaveDuplicates();
        assertThat(events.getLast().data().get("eTag").asString()).isEqualTo(blob.getProperties().getETag().replace("\"", ""));
    }

    @Test
    void tellsNothingOfWhatWasRefused() {
        BlobContainerClient container = world.container("raw");
        BlobClient blob = container.getBlobClient("once");
        blob.upload(BinaryData.fromString("1"));
        assertThatThrownBy(() -> blob.upload(BinaryData.fromString("2"))).isInstanceOf(BlobStorageException.class);
        assertThatThrownBy(() -> container.getBlobClient("missing").delete()).isInstanceOf(BlobStorageException.class);
        assertThat(told()).containsExactly("BlobCreated PutBlob raw/blobs/once");
    }

    @Test
    void tellsWhenTheChangeIsThere() throws Exception {
        List<String> seen = new ArrayList<>();
        world.close();
        world = new StorageWorld(folder, Optional.of(event -> {
            Path file = world.file("raw", event.subject().replaceFirst(".*/blobs/", ""));
            seen.add(event.data().get("api").asString() + " " + (Files.exists(file) ? "there" : "gone"));
        }));
        BlobClient blob = world.container("raw").getBlobClient("a");
        blob.upload(BinaryData.fromString("1"));
        blob.delete();
        assertThat(seen.stream().collect(Collectors.joining(", "))).isEqualTo("PutBlob there, DeleteBlob gone");
    }

    @Test
    void namesThePrincipalThatDidIt() {
        world.container("raw");
        world.lake("raw", OWNER).createDirectory("in").createFile("a.csv");
        assertThat(events).extracting(event -> event.data().get("identity").asString()).containsOnly(OWNER.objectId()).hasSize(2);
    }

    @Test
    void tellsOfARunOfALifecyclePolicy() {
        world.container("raw").getBlobClient("old").upload(BinaryData.fromString("1"));
        LifecyclePolicy policy = LifecycleReader.read(JsonMapper.builder().build().readTree("""
            {"rules": [{"name": "all", "definition": {"filters": {"blobTypes": ["blockBlob"]},
              "actions": {"baseBlob": {"tierToCool": {"daysAfterModificationGreaterThan": 0}}}}}]}"""), Place.of(folder, "$"));
        world.server().apply(StorageWorld.ACCOUNT, policy);
        StorageEvent report = events.getLast();
        assertThat(report.eventType()).isEqualTo("Microsoft.Storage.LifecyclePolicyCompleted");
        assertThat(report.account()).isEqualTo(StorageWorld.ACCOUNT);
        assertThat(report.data().get("tierToCoolSummary").get("successCount").asInt()).isEqualTo(1);
        assertThat(events.get(events.size() - 2).eventType()).isEqualTo("Microsoft.Storage.BlobTierChanged");
    }
}
