package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.models.BlobContainerItem;
import com.azure.storage.blob.models.BlobContainerListDetails;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobContainersOptions;
import com.azure.storage.file.datalake.DataLakeServiceClient;
import com.azure.storage.file.datalake.DataLakeServiceClientBuilder;
import com.azure.storage.file.datalake.models.FileSystemItem;
import com.azure.storage.file.datalake.models.FileSystemListDetails;
import com.azure.storage.file.datalake.models.ListFileSystemsOptions;
import com.azure.storage.file.datalake.models.PathPermissions;
import io.lazuli.storage.content.AccountSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers that are deleted and come back. */
class ContainerSoftDeleteTest {
    @TempDir
    private Path folder;

    private StorageWorld world;

    @BeforeEach
    void start() {
        world = world();
    }

    private StorageWorld world() {
        return new StorageWorld(folder, Map.of(StorageWorld.ACCOUNT, new AccountSettings(true, false, 7),
            StorageWorld.FLAT, new AccountSettings(false, true, 7)));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static List<BlobContainerItem> list(BlobServiceClient service) {
        return service.listBlobContainers(
            new ListBlobContainersOptions().setDetails(new BlobContainerListDetails().setRetrieveDeleted(true).setRetrieveMetadata(true)),
            null).stream().toList();
    }

    @Test
    void restoresAContainerWithItsMetadataBlobsAndVersionsAfterARestart() {
        BlobContainerClient container = world.container(StorageWorld.FLAT, "raw");
        container.setMetadata(Map.of("owner", "ops"));
        BlobClient blob = container.getBlobClient("in//a.txt");
        blob.upload(BinaryData.fromString("first"));
        String first = blob.getProperties().getVersionId();
        blob.upload(BinaryData.fromString("second"), true);
        blob.setTags(Map.of("state", "done"));
        String etag = blob.getProperties().getETag();
        container.delete();
        assertThat(container.exists()).isFalse();
        assertThat(world.blobs(StorageWorld.FLAT).listBlobContainers().stream()).isEmpty();

        world.close();
        world = world();
        BlobServiceClient service = world.blobs(StorageWorld.FLAT);
        BlobContainerItem deleted = list(service).getFirst();
        assertThat(deleted.isDeleted()).isTrue();
        assertThat(deleted.getVersion()).matches("[0-9A-F]{16}");
        assertThat(deleted.getMetadata()).isEqualTo(Map.of("owner", "ops"));
        assertThat(deleted.getProperties().getDeletedTime()).isNotNull();
        assertThat(deleted.getProperties().getRemainingRetentionDays()).isEqualTo(6);
        BlobContainerClient restored = service.undeleteBlobContainer("raw", deleted.getVersion());
        BlobClient back = restored.getBlobClient("in//a.txt");
        assertThat(restored.getProperties().getMetadata()).isEqualTo(Map.of("owner", "ops"));
        assertThat(back.downloadContent().toString()).isEqualTo("second");
        assertThat(back.getProperties().getETag()).isEqualTo(etag);
        assertThat(back.getTags()).isEqualTo(Map.of("state", "done"));
        assertThat(back.getVersionClient(first).downloadContent().toString()).isEqualTo("first");
        assertThat(list(service)).extracting(BlobContainerItem::getName, item -> Boolean.TRUE.equals(item.isDeleted()))
            .containsExactly(tuple("raw", false));
    }

    @Test
    void letsTheNameBeUsedAnewAndKeepsEachDeletionApart() {
        BlobServiceClient service = world.blobs();
        for (String text : List.of("first", "second")) {
            BlobContainerClient container = service.createBlobContainer("raw");
            assertThat(container.listBlobs().stream()).isEmpty();
            container.getBlobClient("a.txt").upload(BinaryData.fromString(text));
            container.delete();
        }
        service.createBlobContainer("raw");
        List<BlobContainerItem> all = list(service);
        assertThat(all).extracting(BlobContainerItem::getName, item -> Boolean.TRUE.equals(item.isDeleted()))
            .containsExactly(tuple("raw", false), tuple("raw", true), tuple("raw", true));
        assertThat(service.listBlobContainers(new ListBlobContainersOptions().setMaxResultsPerPage(1)
            .setDetails(new BlobContainerListDetails().setRetrieveDeleted(true)), null).stream().map(BlobContainerItem::getVersion))
            .containsExactly(null, all.get(1).getVersion(), all.get(2).getVersion());
        assertThatThrownBy(() -> service.undeleteBlobContainer("raw", all.get(1).getVersion()))
            .isInstanceOfSatisfying(BlobStorageException.class, failure -> {
                assertThat(failure.getStatusCode()).isEqualTo(409);
                assertThat(failure.getErrorCode()).isEqualTo(BlobErrorCode.CONTAINER_ALREADY_EXISTS);
            });
        service.deleteBlobContainer("raw");
        BlobContainerClient restored = service.undeleteBlobContainer("raw", all.get(1).getVersion());
        assertThat(restored.getBlobClient("a.txt").downloadContent().toString()).isEqualTo("first");
        assertThat(world.file("raw", "a.txt")).hasContent("first");
    }

    @Test
    void refusesToRestoreWhatIsNotKept() {
        world.container("raw").delete();
        assertThatThrownBy(() -> world.blobs().undeleteBlobContainer("raw", "01D685BC91A88F22"))
            .isInstanceOfSatisfying(BlobStorageException.class,
                failure -> assertThat(failure.getErrorCode()).isEqualTo(BlobErrorCode.CONTAINER_NOT_FOUND));
    }

    @Test
    void restoresAFileSystemWithItsAccessLists() {
        DataLakeServiceClient service = new DataLakeServiceClientBuilder().endpoint(world.url()).credential(world.credential())
            .retryOptions(StorageWorld.once()).buildClient();
        service.createFileSystem("raw").createDirectory("in").createFile("a.txt").upload(BinaryData.fromString("a"), true);
        service.getFileSystemClient("raw").getDirectoryClient("in").setPermissions(PathPermissions.parseOctal("0701"), null, null);
        service.deleteFileSystem("raw");
        FileSystemItem deleted = service.listFileSystems(
            new ListFileSystemsOptions().setDetails(new FileSystemListDetails().setRetrieveDeleted(true)), null).stream()
            .findFirst().orElseThrow();
        assertThat(deleted.isDeleted()).isTrue();
        var restored = service.undeleteFileSystem("raw", deleted.getVersion());
        assertThat(restored.getFileClient("in/a.txt").exists()).isTrue();
        assertThat(restored.getDirectoryClient("in").getAccessControl().getPermissions()).hasToString("0701");
        assertThat(world.file("raw", "in/a.txt")).hasContent("a");
    }
}
