package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.file.datalake.models.ListPathsOptions;
import com.azure.storage.file.datalake.models.PathItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of folders with many files, which are not read again for each page and still tell of every change. */
class LargeListTest {
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

    private static List<String> names(BlobContainerClient container, int page) {
        return container.listBlobs(new ListBlobsOptions().setMaxResultsPerPage(page), null).stream().map(BlobItem::getName).toList();
    }

    @Test
    void givesEachNameOnceOverManyPages() throws IOException {
        BlobContainerClient container = world.container("raw");
        for (int i = 0; i < 2000; i++) {
            Files.writeString(world.file("raw", "file-" + i), "x");
        }
        assertThat(names(container, 300)).isEqualTo(IntStream.range(0, 2000).mapToObj(i -> "file-" + i).sorted().toList());
    }

    @Test
    void givesEachPathOnceOverManyPages() throws IOException {
        world.container("raw");
        for (int i = 0; i < 2000; i++) {
            Files.writeString(world.file("raw", "file-" + i), "x");
        }
        assertThat(paths(5000)).isEqualTo(IntStream.range(0, 2000).mapToObj(i -> "file-" + i).sorted().toList());
        assertThat(paths(300)).isEqualTo(paths(5000));
    }

    private List<String> paths(int page) {
        return world.lake("raw").listPaths(new ListPathsOptions().setRecursive(true).setMaxResults(page), null).stream()
            .map(PathItem::getName).toList();
    }

    @Test
    void tellsOfFilesThatCameAndWentBetweenLists() throws IOException {
        BlobContainerClient container = world.container("raw");
        for (int round = 0; round < 20; round++) {
            Files.writeString(world.file("raw", "copied-" + round), "x");
            container.getBlobClient("put-" + round).upload(BinaryData.fromString("x"));
            assertThat(names(container, 5000)).hasSize(2).contains("copied-" + round, "put-" + round);
            Files.delete(world.file("raw", "copied-" + round));
            container.getBlobClient("put-" + round).delete();
            assertThat(names(container, 5000)).isEmpty();
        }
    }

    @Test
    void putsFoldersWhereTheirNamesStand() {
        BlobContainerClient container = world.container("raw");
        for (String name : List.of("b", "a0", "a/z", "a/inner/x", "a.txt", "a-b")) {
            container.getBlobClient(name).upload(BinaryData.fromString("x"));
        }
        List<String> sorted = List.of("a-b", "a.txt", "a", "a/inner", "a/inner/x", "a/z", "a0", "b");
        assertThat(names(container, 1)).isEqualTo(sorted);
        List<String> byParts = List.of("a", "a/inner", "a/inner/x", "a/z", "a-b", "a.txt", "a0", "b");
        assertThat(paths(1)).isEqualTo(byParts);
        assertThat(paths(3)).isEqualTo(byParts);
        assertThat(names(container, 4)).isEqualTo(sorted);
    }

    @Test
    void followsNoLinkThatLeadsBackOrOut() throws IOException {
        BlobContainerClient container = world.container("raw");
        container.getBlobClient("in/file").upload(BinaryData.fromString("x"));
        Files.createSymbolicLink(world.file("raw", "in/back"), world.file("raw", "in"));
        Files.createSymbolicLink(world.file("raw", "in/out"), folder);
        Files.createSymbolicLink(world.file("raw", "in/nowhere"), folder.resolve("nothing"));
        assertThat(names(container, 5000)).isEqualTo(List.of("in", "in/file"));
        assertThat(container.listBlobsByHierarchy("in/")).extracting(BlobItem::getName).containsExactly("in/file");
        assertThat(paths(1)).containsExactly("in", "in/file");
    }

    @Test
    void followsLinksIntoEachOthersFoldersOnce() throws IOException {
        BlobContainerClient container = world.container("raw");
        container.getBlobClient("a/1").upload(BinaryData.fromString("x"));
        container.getBlobClient("b/2").upload(BinaryData.fromString("x"));
        Files.createSymbolicLink(world.file("raw", "a/to-b"), world.file("raw", "b"));
        Files.createSymbolicLink(world.file("raw", "b/to-a"), world.file("raw", "a"));
        assertThat(names(container, 5000)).containsExactly("a", "a/1", "a/to-b", "a/to-b/2", "b", "b/2", "b/to-a", "b/to-a/1");
        assertThat(paths(5000)).containsExactly("a", "a/1", "a/to-b", "a/to-b/2", "b", "b/2", "b/to-a", "b/to-a/1");
    }
}
