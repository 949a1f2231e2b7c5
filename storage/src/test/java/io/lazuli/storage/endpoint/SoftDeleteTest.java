package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobRetentionPolicy;
import com.azure.storage.blob.models.BlobServiceProperties;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.DataLakeServiceClientBuilder;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import com.azure.storage.file.datalake.models.PathDeletedItem;
import com.azure.storage.file.datalake.models.PathPermissions;
import io.lazuli.storage.content.AccountSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is deleted and comes back, in flat and in hierarchical accounts. */
class SoftDeleteTest {
    @TempDir
    private Path folder;

    private StorageWorld world;

    @BeforeEach
    void start() {
        world = world();
    }

    private StorageWorld world() {
        return new StorageWorld(folder, Map.of(StorageWorld.FLAT, new AccountSettings(false, false, 0)));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private BlobContainerClient container(String account) {
        world.blobs(account).setProperties(new BlobServiceProperties()
            .setDeleteRetentionPolicy(new BlobRetentionPolicy().setEnabled(true).setDays(7)));
        return world.container(account, "raw");
    }

    private static BlobClient put(BlobContainerClient container, String name, String text) {
        BlobClient blob = container.getBlobClient(name);
        blob.upload(BinaryData.fromString(text), true);
        return blob;
    }

    private static List<BlobItem> list(BlobContainerClient container, BlobListDetails details) {
        return container.listBlobs(new ListBlobsOptions().setDetails(details), null).stream().toList();
    }

    @Test
    void restoresADeletedBlobWithItsPropertiesAndSnapshots() {
        BlobContainerClient container = container(StorageWorld.FLAT);
        BlobClient blob = put(container, "in/a.txt", "content");
        blob.setMetadata(Map.of("owner", "ops"));
        String etag = blob.getProperties().getETag();
        var snapshot = blob.createSnapshot();
        blob.deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, null, null, Context.NONE);
        assertThat(blob.exists()).isFalse();
        assertThat(list(container, new BlobListDetails())).isEmpty();
        assertThat(list(container, new BlobListDetails().setRetrieveDeletedBlobs(true))).singleElement().satisfies(item -> {
            assertThat(item.isDeleted()).isTrue();
            assertThat(item.getProperties().getRemainingRetentionDays()).isEqualTo(6);
            assertThat(item.getProperties().getDeletedTime()).isNotNull();
        });
        world.close();
        world = world();
        blob = world.container(StorageWorld.FLAT, "raw").getBlobClient("in/a.txt");
        blob.undelete();
        assertThat(blob.downloadContent().toString()).isEqualTo("content");
        assertThat(blob.getProperties().getMetadata()).isEqualTo(Map.of("owner", "ops"));
        assertThat(blob.getProperties().getETag()).isEqualTo(etag);
        assertThat(blob.getSnapshotClient(snapshot.getSnapshotId()).downloadContent().toString()).isEqualTo("content");
        assertThat(world.file(StorageWorld.FLAT, "raw", "in/a.txt")).hasContent("content");
    }

    @Test
    void keepsOverwrittenContentsAsDeletedSnapshots() {
        BlobContainerClient container = container(StorageWorld.FLAT);
        BlobClient blob = put(container, "a.txt", "first");
        put(container, "a.txt", "second");
        List<BlobItem> all = list(container, new BlobListDetails().setRetrieveDeletedBlobs(true).setRetrieveSnapshots(true));
        assertThat(all).extracting(BlobItem::getName, item -> Boolean.TRUE.equals(item.isDeleted()))
            .containsExactly(tuple("a.txt", true), tuple("a.txt", false));
        blob.undelete();
        blob.copyFromUrl(StorageWorld.signed(blob.getSnapshotClient(all.getFirst().getSnapshot())));
        assertThat(blob.downloadContent().toString()).isEqualTo("first");
    }

    @Test
    void makesTheDeletedBlobASnapshotWhenItIsMadeAgain() {
        BlobContainerClient container = container(StorageWorld.FLAT);
        put(container, "a.txt", "first").delete();
        BlobClient blob = put(container, "a.txt", "second");
        blob.undelete();
        String snapshot = list(container, new BlobListDetails().setRetrieveSnapshots(true)).getFirst().getSnapshot();
        assertThat(blob.getSnapshotClient(snapshot).downloadContent().toString()).isEqualTo("first");
        assertThat(blob.downloadContent().toString()).isEqualTo("second");
    }

    @Test
    void deletesForGoodWithoutAPolicy() {
        BlobContainerClient container = world.container(StorageWorld.FLAT, "raw");
        BlobClient blob = put(container, "a.txt", "first");
        blob.delete();
        assertThat(list(container, new BlobListDetails().setRetrieveDeletedBlobs(true))).isEmpty();
        assertThatThrownBy(blob::undelete).isInstanceOfSatisfying(BlobStorageException.class,
            failure -> assertThat(failure.getStatusCode()).isEqualTo(404));
    }

    private DataLakeFileSystemClient fileSystem() {
        return new DataLakeServiceClientBuilder().endpoint(world.url()).credential(world.credential())
            .retryOptions(StorageWorld.once()).buildClient().getFileSystemClient("raw");
    }

    @Test
    void restoresDeletedFilesAndDirectories() {
        container(StorageWorld.ACCOUNT);
        DataLakeFileSystemClient files = fileSystem();
        files.createDirectory("in").createSubdirectory("day").createFile("a.txt").upload(BinaryData.fromString("a"), true);
        files.createFile("b.txt").upload(BinaryData.fromString("b"), true);
        files.getDirectoryClient("in/day").setPermissions(PathPermissions.parseOctal("0701"), null, null);
        files.deleteFile("b.txt");
        files.deleteDirectoryWithResponse("in", true, null, null, Context.NONE);
        assertThat(files.listPaths().stream()).isEmpty();
        List<PathDeletedItem> deleted = files.listDeletedPaths().stream().toList();
        assertThat(deleted).extracting(PathDeletedItem::getPath, PathDeletedItem::isPrefix)
            .containsExactly(tuple("b.txt", false), tuple("in", false));
        world.close();
        world = world();
        files = fileSystem();
        for (PathDeletedItem item : deleted) {
            files.undeletePath(item.getPath(), item.getDeletionId());
        }
        assertThat(files.getFileClient("in/day/a.txt").exists()).isTrue();
        assertThat(world.file("raw", "in/day/a.txt")).hasContent("a");
        assertThat(world.file("raw", "b.txt")).hasContent("b");
        assertThat(files.getDirectoryClient("in/day").getAccessControl().getPermissions()).hasToString("0701");
        assertThat(files.listDeletedPaths().stream()).isEmpty();
    }

    @Test
    void keepsEveryDeletionOfAPathApart() {
        container(StorageWorld.ACCOUNT);
        DataLakeFileSystemClient files = fileSystem();
        for (String text : List.of("first", "second")) {
            files.createFile("a.txt").upload(BinaryData.fromString(text), true);
            files.deleteFile("a.txt");
        }
        List<PathDeletedItem> deleted = files.listDeletedPaths().stream().toList();
        assertThat(deleted).hasSize(2);
        files.undeletePath("a.txt", deleted.getFirst().getDeletionId());
        assertThat(world.file("raw", "a.txt")).hasContent("first");
        assertThatThrownBy(() -> fileSystem().undeletePath("a.txt", deleted.getLast().getDeletionId()))
            .isInstanceOfSatisfying(DataLakeStorageException.class, failure -> assertThat(failure.getStatusCode()).isEqualTo(409));
    }

    @Test
    void keepsAFileThatARenameOverwrites() {
        container(StorageWorld.ACCOUNT);
        DataLakeFileSystemClient files = fileSystem();
        files.createFile("old").upload(BinaryData.fromString("old"), true);
        files.createFile("new").upload(BinaryData.fromString("new"), true);
        files.getFileClient("new").rename(null, "old");
        files.getFileClient("old").rename(null, "elsewhere");
        files.undeletePath("old", files.listDeletedPaths().stream().findFirst().orElseThrow().getDeletionId());
        assertThat(world.file("raw", "old")).hasContent("old");
        assertThat(world.file("raw", "elsewhere")).hasContent("new");
        assertThat(Files.exists(world.file("raw", "new"))).isFalse();
    }
}
