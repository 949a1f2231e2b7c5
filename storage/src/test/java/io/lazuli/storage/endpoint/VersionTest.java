package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobRetentionPolicy;
import com.azure.storage.blob.models.BlobServiceProperties;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.blob.specialized.BlobClientBase;
import io.lazuli.storage.content.AccountSettings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Earlier versions of blobs, as Azure's own client sees them. */
class VersionTest {
    @TempDir
    private Path folder;

    private StorageWorld world;
    private BlobContainerClient container;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder, Map.of(StorageWorld.FLAT, new AccountSettings(false, true, 0)));
        container = world.container(StorageWorld.FLAT, "raw");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private String put(String name, String text) {
        container.getBlobClient(name).upload(BinaryData.fromString(text), true);
        return container.getBlobClient(name).getProperties().getVersionId();
    }

    private List<BlobItem> versions() {
        ListBlobsOptions all = new ListBlobsOptions().setDetails(new BlobListDetails().setRetrieveVersions(true));
        return container.listBlobs(all, null).stream().toList();
    }

    @Test
    void keepsEveryContentThatIsOverwritten() {
        String first = put("in/a.txt", "first");
        String second = put("in/a.txt", "second");
        BlobClient blob = container.getBlobClient("in/a.txt");
        assertThat(versions()).extracting(BlobItem::getVersionId).containsExactly(first, second);
        assertThat(versions()).extracting(BlobItem::isCurrentVersion).containsExactly(null, true);
        assertThat(container.listBlobs()).extracting(BlobItem::getVersionId).containsExactly(second);
        assertThat(blob.getVersionClient(first).downloadContent().toString()).isEqualTo("first");
        assertThat(blob.getVersionClient(second).downloadContent().toString()).isEqualTo("second");
        assertThat(blob.getProperties().isCurrentVersion()).isTrue();
        assertThat(blob.getVersionClient(first).getProperties().isCurrentVersion()).isNull();
        stop();
        start();
        assertThat(container.getBlobClient("in/a.txt").getVersionClient(first).downloadContent().toString()).isEqualTo("first");
        assertThat(world.file(StorageWorld.FLAT, "raw", "in/a.txt")).hasContent("second");
    }

    @Test
    void makesAVersionOfNewMetadata() {
        String first = put("a.txt", "text");
        BlobClient blob = container.getBlobClient("a.txt");
        blob.setMetadata(Map.of("step", "2"));
        assertThat(versions()).hasSize(2);
        assertThat(blob.getVersionClient(first).getProperties().getMetadata()).isEmpty();
        assertThat(blob.getProperties().getMetadata()).isEqualTo(Map.of("step", "2"));
    }

    @Test
    void keepsVersionsOfADeletedBlobAndPromotesOneByACopy() {
        String first = put("a.txt", "first");
        String second = put("a.txt", "second");
        BlobClient blob = container.getBlobClient("a.txt");
        BlobListDetails deleted = new BlobListDetails().setRetrieveDeletedBlobsWithVersions(true);
        blob.delete();
        assertThat(blob.exists()).isFalse();
        assertThat(container.listBlobs().stream()).isEmpty();
        assertThat(versions()).extracting(BlobItem::getVersionId).containsExactly(first, second);
        String alive = put("b.txt", "alive");
        assertThat(container.listBlobs(new ListBlobsOptions().setDetails(deleted), null))
            .extracting(BlobItem::getName, BlobItem::hasVersionsOnly, BlobItem::getVersionId)
            .containsExactly(tuple("a.txt", true, null), tuple("b.txt", null, alive));
        deleted.setRetrieveVersions(true);
        assertThat(container.listBlobs(new ListBlobsOptions().setDetails(deleted).setPrefix("a"), null))
            .extracting(BlobItem::getVersionId, BlobItem::hasVersionsOnly).containsExactly(tuple(first, null), tuple(second, true));
        container.getBlobClient("b.txt").delete();
        blob.copyFromUrl(StorageWorld.signed(blob.getVersionClient(first)));
        assertThat(blob.downloadContent().toString()).isEqualTo("first");
        assertThat(versions()).filteredOn(item -> item.getName().equals("a.txt")).hasSize(3);
    }

    @Test
    void deletesAndRestoresVersions() {
        world.blobs(StorageWorld.FLAT).setProperties(new BlobServiceProperties()
            .setDeleteRetentionPolicy(new BlobRetentionPolicy().setEnabled(true).setDays(1)));
        String first = put("a.txt", "first");
        String second = put("a.txt", "second");
        BlobClient blob = container.getBlobClient("a.txt");
        blob.getVersionClient(first).delete();
        assertThat(versions()).extracting(BlobItem::getVersionId).containsExactly(second);
        assertThatThrownBy(() -> blob.getVersionClient(second).delete()).isInstanceOfSatisfying(BlobStorageException.class,
            failure -> assertThat(failure.getStatusCode()).isEqualTo(403));
        blob.undelete();
        assertThat(versions()).extracting(BlobItem::getVersionId).containsExactly(first, second);
    }

    @Test
    void makesAVersionWithEachSnapshot() {
        String first = put("a.txt", "first");
        BlobClient blob = container.getBlobClient("a.txt");
        String tag = blob.getProperties().getETag();
        BlobClientBase snapshot = blob.createSnapshot();
        String second = blob.getProperties().getVersionId();
        assertThat(versions()).extracting(BlobItem::getVersionId).containsExactly(first, second);
        assertThat(second).isGreaterThan(first);
        assertThat(blob.getProperties().getETag()).isEqualTo(tag);
        put("a.txt", "second");
        for (BlobClientBase kept : List.of(snapshot, blob.getVersionClient(first), blob.getVersionClient(second))) {
            assertThat(kept.downloadContent().toString()).isEqualTo("first");
        }
    }

    @Test
    void makesNoVersionOfAppendedBlocks() {
        AppendBlobClient log = container.getBlobClient("log.txt").getAppendBlobClient();
        log.create();
        for (String line : List.of("one\n", "two\n")) {
            log.appendBlock(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)), line.length());
        }
        assertThat(versions()).hasSize(1);
        assertThat(log.downloadContent().toString()).isEqualTo("one\ntwo\n");
    }
}
