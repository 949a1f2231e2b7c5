package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.file.datalake.DataLakeServiceClient;
import com.azure.storage.file.datalake.DataLakeServiceClientBuilder;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import io.lazuli.storage.content.AccountSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account in which a slash is a sign like others. */
class FlatAccountTest {
    @TempDir
    private Path folder;

    private StorageWorld world;
    private BlobContainerClient container;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder, Map.of(StorageWorld.FLAT, new AccountSettings(false, false, 0)));
        container = world.container(StorageWorld.FLAT, "raw");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void restart() {
        world.close();
        start();
    }

    private void put(String name, String text) {
        container.getBlobClient(name).upload(BinaryData.fromString(text), true);
    }

    private String text(String name) {
        return container.getBlobClient(name).downloadContent().toString();
    }

    private List<String> names() {
        return container.listBlobs().stream().map(BlobItem::getName).toList();
    }

    @Test
    void holdsBlobsWhoseNamesBeginWithOthers() {
        put("a", "1");
        put("a/b", "2");
        put("c/d", "3");
        put("c", "4");
        restart();
        assertThat(names()).containsExactly("a", "a/b", "c", "c/d");
        assertThat(List.of(text("a"), text("a/b"), text("c"), text("c/d"))).containsExactly("1", "2", "4", "3");
        assertThat(world.file(StorageWorld.FLAT, "raw", "a")).hasContent("1");
        assertThat(world.file(StorageWorld.FLAT, "raw", "c/d")).hasContent("3");
        container.getBlobClient("a").delete();
        assertThat(names()).containsExactly("a/b", "c", "c/d");
        put("a/b", "5");
        assertThat(text("a/b")).isEqualTo("5");
        container.getBlobClient("a/b").delete();
        container.getBlobClient("c").delete();
        assertThat(names()).containsExactly("c/d");
    }

    @Test
    void holdsNamesThatNoFileSystemHolds() {
        List<String> names = List.of(" ", "/", "/lead", "a//b", "a/b/", "d/.../e", ".lazuli-kept/x", ".lazulix",
            "long/" + "x".repeat(400), "z".repeat(1024), "é/ü", "trailing.", "q?x=1&y=#2%41");
        names.forEach(name -> put(name, "of " + name));
        restart();
        assertThat(names()).containsExactlyElementsOf(names.stream().sorted().toList());
        names.forEach(name -> assertThat(text(name)).isEqualTo("of " + name));
        names.forEach(name -> container.getBlobClient(name).delete());
        assertThat(names()).isEmpty();
    }

    @Test
    void listsByLevelsAndPagesInTheOrderOfNames() {
        List.of("a", "a/b", "a/b/c", "a//c", "b", "b/x", "a.txt").forEach(name -> put(name, name));
        List<String> pages = new ArrayList<>();
        container.listBlobs(new ListBlobsOptions().setMaxResultsPerPage(2), null).iterableByPage()
            .forEach(page -> page.getValue().forEach(item -> pages.add(item.getName())));
        assertThat(pages).containsExactly("a", "a.txt", "a//c", "a/b", "a/b/c", "b", "b/x");
        assertThat(container.listBlobsByHierarchy("").stream().map(BlobItem::getName))
            .containsExactlyInAnyOrder("a", "a.txt", "a/", "b", "b/");
        assertThat(container.listBlobsByHierarchy("a/").stream().map(BlobItem::getName))
            .containsExactlyInAnyOrder("a//", "a/b", "a/b/");
    }

    @Test
    void agreesWithAMapOfNamesWhateverIsDone() {
        Random random = new Random(11);
        List<String> names = List.of("a", "a/b", "a/b/c", "a/b/", "a//b", "ab", "b", "b/a", "b/a/a", "/b", "c/", "c");
        Map<String, String> expected = new TreeMap<>();
        for (int step = 0; step < 200; step++) {
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(3) > 0) {
                put(name, "step " + step);
                expected.put(name, "step " + step);
            } else {
                assertThat(container.getBlobClient(name).deleteIfExists()).isEqualTo(expected.remove(name) != null);
            }
        }
        assertThat(names()).containsExactlyElementsOf(expected.keySet());
        expected.forEach((name, text) -> assertThat(text(name)).isEqualTo(text));
    }

    @Test
    void hasNoAccessLists() {
        assertThat(world.blobs(StorageWorld.FLAT).getAccountInfo().isHierarchicalNamespaceEnabled()).isFalse();
        assertThat(world.blobs().getAccountInfo().isHierarchicalNamespaceEnabled()).isTrue();
        put("folder/", "");
        assertThat(names()).containsExactly("folder/");
        DataLakeServiceClient lake = new DataLakeServiceClientBuilder()
            .endpoint(world.url().replace("/" + StorageWorld.ACCOUNT, "/" + StorageWorld.FLAT))
            .credential(new StorageSharedKeyCredential(StorageWorld.FLAT, world.key(StorageWorld.FLAT))).retryOptions(StorageWorld.once())
            .buildClient();
        assertThatThrownBy(() -> lake.getFileSystemClient("raw").getDirectoryClient("/").getAccessControl())
            .isInstanceOfSatisfying(DataLakeStorageException.class, failure -> assertThat(failure.getStatusCode()).isEqualTo(400));
        assertThatThrownBy(() -> lake.getFileSystemClient("raw").getFileClient("folder/").setPermissions(null, "g", "o"))
            .isInstanceOfSatisfying(DataLakeStorageException.class, failure -> assertThat(failure.getStatusCode()).isEqualTo(400));
    }

    @Test
    void makesNoFolderOfABlobInAHierarchicalAccount() throws Exception {
        BlobClient blob = world.container("raw").getBlobClient("a");
        blob.upload(BinaryData.fromString("1"));
        assertThatThrownBy(() -> world.container("raw").getBlobClient("a/b").upload(BinaryData.fromString("2")))
            .isInstanceOfSatisfying(BlobStorageException.class, failure -> assertThat(failure.getStatusCode()).isEqualTo(409));
        assertThat(Files.readString(world.file("raw", "a"))).isEqualTo("1");
    }
}
