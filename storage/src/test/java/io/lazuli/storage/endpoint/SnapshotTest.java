package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.AccessTier;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.specialized.BlobClientBase;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of blobs, as Azure's own client sees them. */
class SnapshotTest {
    @TempDir
    private Path folder;

    private StorageWorld world;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static void assertCode(ThrowingCallable call, int status, BlobErrorCode code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BlobStorageException.class, failure -> {
            assertThat(failure.getErrorCode()).isEqualTo(code);
            assertThat(failure.getStatusCode()).isEqualTo(status);
        });
    }

    private BlobClient put(String name, String text) {
        BlobClient blob = world.container("raw").getBlobClient(name);
        blob.upload(BinaryData.fromString(text), true);
        return blob;
    }

    private static List<BlobItem> list(BlobContainerClient container, BlobListDetails details) {
        return container.listBlobs(new ListBlobsOptions().setDetails(details), null).stream().toList();
    }

    @Test
    void keepsAContentThatIsOverwrittenAndEditedLater() throws IOException {
        BlobClient blob = put("a.txt", "first");
        BlobClientBase snapshot = blob.createSnapshot();
        Files.writeString(world.file("raw", "a.txt"), "!", StandardOpenOption.APPEND);
        blob.upload(BinaryData.fromString("second"), true);
        assertThat(snapshot.downloadContent().toString()).isEqualTo("first");
        assertThat(snapshot.getProperties().getBlobSize()).isEqualTo(5);
        assertThat(blob.downloadContent().toString()).isEqualTo("second");
        world.close();
        world = new StorageWorld(folder);
        assertThat(world.container("raw").getBlobClient("a.txt").getSnapshotClient(snapshot.getSnapshotId()).downloadContent())
            .hasToString("first");
    }

    @Test
    void keepsMetadataOfItsOwn() {
        BlobClient blob = put("a.txt", "first");
        blob.setMetadata(Map.of("of", "blob"));
        BlobClientBase same = blob.createSnapshot();
        BlobClientBase own = blob.createSnapshotWithResponse(Map.of("of", "snapshot"), null, null, Context.NONE).getValue();
        blob.setMetadata(Map.of("of", "later"));
        assertThat(same.getProperties().getMetadata()).isEqualTo(Map.of("of", "blob"));
        assertThat(own.getProperties().getMetadata()).isEqualTo(Map.of("of", "snapshot"));
        assertThat(blob.getProperties().getMetadata()).isEqualTo(Map.of("of", "later"));
    }

    @Test
    void listsSnapshotsBeforeTheirBlobAndPageByPage() {
        BlobClient blob = put("a.txt", "1");
        String first = blob.createSnapshot().getSnapshotId();
        String second = blob.createSnapshot().getSnapshotId();
        put("b/c.txt", "2").createSnapshot();
        BlobContainerClient container = world.container("raw");
        assertThat(list(container, new BlobListDetails())).extracting(BlobItem::getName).containsExactly("a.txt", "b", "b/c.txt");
        assertThat(list(container, new BlobListDetails().setRetrieveSnapshots(true)))
            .extracting(BlobItem::getName, BlobItem::getSnapshot).startsWith(
                tuple("a.txt", first), tuple("a.txt", second), tuple("a.txt", null)).hasSize(6);
        List<String> pages = new ArrayList<>();
        ListBlobsOptions one = new ListBlobsOptions().setMaxResultsPerPage(1).setDetails(new BlobListDetails().setRetrieveSnapshots(true));
        container.listBlobs(one, null).iterableByPage()
            .forEach(page -> page.getValue().forEach(item -> pages.add(item.getName() + item.getSnapshot())));
        assertThat(pages).hasSize(6).doesNotHaveDuplicates().startsWith("a.txt" + first, "a.txt" + second, "a.txtnull");
    }

    @Test
    void deletesABlobWithSnapshotsOnlyTogetherWithThem() {
        BlobClient blob = put("a.txt", "1");
        BlobClientBase snapshot = blob.createSnapshot();
        assertCode(blob::delete, 409, BlobErrorCode.SNAPSHOTS_PRESENT);
        blob.deleteWithResponse(DeleteSnapshotsOptionType.ONLY, null, null, Context.NONE);
        assertThat(blob.exists()).isTrue();
        assertThat(snapshot.exists()).isFalse();
        BlobClientBase one = blob.createSnapshot();
        BlobClientBase other = blob.createSnapshot();
        one.delete();
        assertThat(Stream.of(one, other).map(BlobClientBase::exists)).containsExactly(false, true);
        blob.deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, null, null, Context.NONE);
        assertThat(Stream.of(blob, other).map(BlobClientBase::exists)).containsExactly(false, false);
        assertThat(list(world.container("raw"), new BlobListDetails().setRetrieveSnapshots(true))).isEmpty();
    }

    @Test
    void leavesNoFilesOfSnapshotsThatAreGone() throws IOException {
        BlobClient blob = put("in/a.txt", "1");
        blob.createSnapshot();
        put("in/b.txt", "1").createSnapshot();
        blob.deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, null, null, Context.NONE);
        world.blobs().deleteBlobContainer("raw");
        try (Stream<Path> files = Files.walk(folder.resolve("lake"))) {
            assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
                .allMatch(name -> name.endsWith(".lock"));
        }
    }

    @Test
    void promotesASnapshotByACopy() {
        BlobClient blob = put("a.txt", "good");
        BlobClientBase snapshot = blob.createSnapshot();
        blob.upload(BinaryData.fromString("bad"), true);
        blob.beginCopy(snapshot.getBlobUrl(), null).waitForCompletion();
        assertThat(blob.downloadContent().toString()).isEqualTo("good");
        assertThat(snapshot.exists()).isTrue();
    }

    @Test
    void changesTheTierOfASnapshotAlone() {
        BlobClient blob = put("a.txt", "1");
        BlobClientBase snapshot = blob.createSnapshot();
        snapshot.setAccessTier(AccessTier.COOL);
        assertThat(snapshot.getProperties().getAccessTier()).isEqualTo(AccessTier.COOL);
        assertThat(blob.getProperties().getAccessTier()).isEqualTo(AccessTier.HOT);
    }

    @Test
    void listsSnapshotsWithoutADelimiterOnly() {
        put("a/b", "1").createSnapshot();
        try (SignedRequests requests = new SignedRequests(world, StorageWorld.ACCOUNT)) {
            String list = "/raw?restype=container&comp=list&delimiter=/&include=";
            HttpResponse<String> refused = requests.send("GET", list + "metadata,snapshots", null);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("<Code>InvalidQueryParameterValue</Code>",
                "<QueryParameterName>include</QueryParameterName>", "<QueryParameterValue>snapshots</QueryParameterValue>");
            assertThat(requests.outcome("GET", list + "versions,deleted", null)).isEqualTo("200");
            assertThat(requests.outcome("GET", list.replace("delimiter=/", "delimiter=") + "snapshots", null)).isEqualTo("200");
        }
    }

    @Test
    void takesSnapshotsOfLeasedBlobs() {
        BlobClient blob = put("a.txt", "1");
        new BlobLeaseClientBuilder().blobClient(blob).buildClient().acquireLease(-1);
        assertThat(blob.createSnapshot().exists()).isTrue();
        assertCode(() -> world.container("raw").getBlobClient("none").createSnapshot(), 404, BlobErrorCode.BLOB_NOT_FOUND);
    }
}
