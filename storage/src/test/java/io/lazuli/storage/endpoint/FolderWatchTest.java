package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.event.EventScope;
import io.lazuli.storage.event.StorageEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that other programs write and delete in the lake's folders, as events. */
@Timeout(600)
class FolderWatchTest {
    private static final long PAUSE_MILLIS = 10;

    @TempDir
    private Path folder;

    private final HeardEvents events =
        new HeardEvents(new EventScope(StorageWorld.ACCOUNT, "raw", "in"), new EventScope(null, "late", ""));
    private StorageWorld world;
    private BlobContainerClient container;
    private int marks;

    @BeforeEach
    void start() throws IOException {
        write(file("in/old"), "was here");
        world = new StorageWorld(folder, Optional.of(events));
        container = world.container("raw");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Path file(String path) {
        return folder.resolve("lake").resolve(StorageWorld.ACCOUNT).resolve("raw").resolve(path);
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** What is told before a file that comes now is. */
    private List<String> told() throws IOException {
        String mark = "in/mark-" + marks++;
        write(file(mark), "mark");
        await("BlobCreated raw/" + mark);
        return events.told().stream().filter(event -> !event.contains("mark-")).toList();
    }

    private void await(String event) {
        events.await(event);
    }

    @Test
    void tellsOfAFileThatIsCopiedIntoTheFolder() throws IOException {
        write(file("in/sales.csv"), "a,b\n");
        write(file("elsewhere.csv"), "a,b\n");
        assertThat(told()).containsExactly("BlobCreated raw/in/sales.csv");
        StorageEvent event = events.all.getFirst();
        assertThat(event.data().get("api").asString()).isEqualTo("PutBlob");
        assertThat(event.data().get("contentLength").asLong()).isEqualTo(4);
        assertThat(event.data().get("contentType").asString()).isEqualTo("text/csv");
        assertThat(event.data().get("eTag").asString())
            .isEqualTo(container.getBlobClient("in/sales.csv").getProperties().getETag().replace("\"", ""));
    }

    @Test
    void waitsForTheEndOfAFileThatIsWrittenSlowly() throws IOException {
        Path slow = file("in/slow.csv");
        try (OutputStream writer = Files.newOutputStream(slow)) {
            writer.write("first ".getBytes(StandardCharsets.UTF_8));
            assertThat(told()).isEmpty();
            assertThat(told()).isEmpty();
            writer.write("second".getBytes(StandardCharsets.UTF_8));
        }
        await("BlobCreated raw/in/slow.csv");
        assertThat(told()).containsExactly("BlobCreated raw/in/slow.csv");
        assertThat(events.all.stream().filter(event -> event.subject().endsWith("slow.csv")).toList().getFirst()
            .data().get("contentLength").asLong()).isEqualTo(12);
    }

    @Test
    void tellsNothingTwice() throws IOException {
        container.getBlobClient("in/put").upload(BinaryData.fromString("1"));
        write(file("in/dropped"), "2");
        await("BlobCreated raw/in/dropped");
        Files.setPosixFilePermissions(file("in/dropped"), PosixFilePermissions.fromString("rw-r-----"));
        Files.setPosixFilePermissions(file("in/old"), PosixFilePermissions.fromString("rw-r-----"));
        assertThat(told()).containsExactly("BlobCreated raw/in/put", "BlobCreated raw/in/dropped");
        world.server().files().written(StorageWorld.ACCOUNT, "raw", "in/dropped");
        write(file("in/old"), "is another one");
        assertThat(told()).containsExactly("BlobCreated raw/in/put", "BlobCreated raw/in/dropped", "BlobCreated raw/in/old");
    }

    @Test
    void tellsOfFoldersThatAreMovedIn() throws IOException {
        Path made = folder.resolve("made");
        write(made.resolve("deep/er/a"), "1");
        write(made.resolve("b"), "2");
        Files.move(made, file("in/made"), StandardCopyOption.ATOMIC_MOVE);
        await("BlobCreated raw/in/made/b");
        await("BlobCreated raw/in/made/deep/er/a");
        write(file("in/made/deep/er/c"), "3");
        assertThat(told()).containsExactlyInAnyOrder("BlobCreated raw/in/made/b", "BlobCreated raw/in/made/deep/er/a",
            "BlobCreated raw/in/made/deep/er/c");
    }

    @Test
    void tellsOfContainersThatOthersMakeAndMakeAgain() throws IOException {
        Path late = folder.resolve("lake/contoso/late");
        write(late.resolve("x"), "1");
        await("BlobCreated late/x");
        world.container("late").delete();
        write(late.resolve("y"), "2");
        await("BlobCreated late/y");
        assertThat(told()).containsExactly("BlobCreated late/x", "BlobCreated late/y");
    }

    @Test
    void tellsOfFilesThatAreDeletedAloneOrWithTheirFolders() throws IOException {
        write(file("in/a"), "1");
        write(file("in/folder/b"), "1");
        write(file("in/folder/deep/c"), "1");
        container.getBlobClient("in/put").upload(BinaryData.fromString("1"));
        container.getBlobClient("in/folder/put").upload(BinaryData.fromString("1"));
        await("BlobCreated raw/in/a");
        await("BlobCreated raw/in/folder/b");
        await("BlobCreated raw/in/folder/deep/c");
        events.all.clear();
        Files.delete(file("in/a"));
        Files.delete(file("in/old"));
        FileTree.deleteAll(file("in/folder"));
        container.getBlobClient("in/put").delete();
        await("BlobDeleted raw/in/folder/deep/c");
        assertThat(told()).containsExactlyInAnyOrder("BlobDeleted raw/in/put", "BlobDeleted raw/in/a", "BlobDeleted raw/in/old",
            "BlobDeleted raw/in/folder/b", "BlobDeleted raw/in/folder/put", "BlobDeleted raw/in/folder/deep/c");
    }

    @Test
    void tellsOfFoldersThatAreMovedAwayOrElsewhereOrReplaced() throws IOException {
        for (String path : List.of("away/deep/a", "from/deep/b", "place/c", "place/d")) {
            write(file("in/" + path), "1");
            await("BlobCreated raw/in/" + path);
        }
        events.all.clear();
        Files.move(file("in/away"), folder.resolve("away"));
        Files.move(file("in/from"), file("in/to"));
        Files.move(file("in/place"), folder.resolve("place"));
        write(folder.resolve("other/c"), "another");
        Files.move(folder.resolve("other"), file("in/place"));
        await("BlobCreated raw/in/place/c");
        write(folder.resolve("away/deep/late"), "1");
        write(file("in/to/deep/late"), "1");
        await("BlobCreated raw/in/to/deep/late");
        assertThat(told()).containsExactlyInAnyOrder("BlobDeleted raw/in/away/deep/a", "BlobDeleted raw/in/from/deep/b",
            "BlobCreated raw/in/to/deep/b", "BlobDeleted raw/in/place/d", "BlobCreated raw/in/place/c",
            "BlobCreated raw/in/to/deep/late");
    }

    @Test
    void tellsNothingOfWhatGoesWithADirectoryOrContainerThatTheServiceDeletes() throws IOException {
        world.container("late");
        for (int i = 0; i < 300; i++) {
            write(file("in/many/" + i % 7 + "/" + i), "1");
            write(folder.resolve("lake").resolve(StorageWorld.ACCOUNT).resolve("late/" + i % 7 + "/" + i), "1");
        }
        for (int i = 0; i < 300; i++) {
            await("BlobCreated raw/in/many/" + i % 7 + "/" + i);
            await("BlobCreated late/" + i % 7 + "/" + i);
        }
        events.all.clear();
        world.container("late").delete();
        world.lake("raw").getDirectoryClient("in/many").deleteRecursively();
        assertThat(told()).containsExactly("DirectoryDeleted raw/in/many");
        assertThat(told()).containsExactly("DirectoryDeleted raw/in/many");
    }

    @Test
    void takesARenameByTheServiceForOne() throws IOException {
        write(file("in/folder/a"), "1");
        await("BlobCreated raw/in/folder/a");
        world.lake("raw").getDirectoryClient("in/folder").rename("raw", "in/other");
        write(file("in/other/b"), "2");
        assertThat(told()).containsExactly("BlobCreated raw/in/folder/a", "DirectoryRenamed raw/in/other", "BlobCreated raw/in/other/b");
    }

    @Test
    void tellsOfWhatCameAndWentWhileNobodyWatched() throws IOException {
        write(file("in/stays"), "1");
        write(file("in/changes"), "1");
        write(file("in/folder/goes"), "1");
        container.getBlobClient("in/put").upload(BinaryData.fromString("1"));
        for (String path : List.of("stays", "changes", "folder/goes")) {
            await("BlobCreated raw/in/" + path);
        }
        world.close();
        events.all.clear();
        write(file("in/changes"), "another");
        write(file("in/new/meanwhile"), "1");
        write(file("elsewhere"), "1");
        FileTree.deleteAll(file("in/folder"));
        world = new StorageWorld(folder, Optional.of(events));
        await("BlobDeleted raw/in/folder/goes");
        assertThat(told()).containsExactlyInAnyOrder("BlobCreated raw/in/changes", "BlobCreated raw/in/new/meanwhile",
            "BlobDeleted raw/in/folder/goes");
        world.close();
        events.all.clear();
        world = new StorageWorld(folder, Optional.of(events));
        assertThat(told()).isEmpty();
    }

    @Test
    void tellsOfNothingThatWasThereBeforeSomebodyBeganToListen() throws IOException {
        world.close();
        world = new StorageWorld(folder);
        write(file("in/unheard"), "1");
        world.close();
        world = new StorageWorld(folder, Optional.of(events));
        assertThat(told()).isEmpty();
        write(file("in/after"), "1");
        assertThat(told()).containsExactly("BlobCreated raw/in/after");
    }

    @Test
    void tellsOfEachFileOnceWhenThousandsComeAtATime() throws IOException, InterruptedException {
        Process dropping = new ProcessBuilder("bash", "-c", """
            for i in $(seq 1 40); do
              for j in 1 2; do
                mkdir -p "$0/a$((i % 5))/b$i/c$j"
                for k in $(seq 1 50); do echo "$i $j $k" > "$0/a$((i % 5))/b$i/c$j/f$k"; done
              done
            done
            """, file("in").toString()).inheritIO().start();
        assertThat(dropping.waitFor()).isZero();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            for (int j = 1; j <= 2; j++) {
                for (int k = 1; k <= 50; k++) {
                    expected.add("BlobCreated raw/in/a" + i % 5 + "/b" + i + "/c" + j + "/f" + k);
                }
            }
        }
        Set<String> missing = new HashSet<>(expected);
        for (missing.removeAll(events.told()); !missing.isEmpty(); missing.removeAll(events.told())) {
            Thread.sleep(PAUSE_MILLIS);
        }
        assertThat(told()).containsExactlyInAnyOrderElementsOf(expected);
        events.all.clear();
        Process removing = new ProcessBuilder("rm", "-r", file("in/a1").toString(), file("in/a3").toString()).inheritIO().start();
        assertThat(removing.waitFor()).isZero();
        Set<String> deleted = new HashSet<>(expected.stream().filter(event -> event.contains("/a1/") || event.contains("/a3/"))
            .map(event -> event.replace("BlobCreated", "BlobDeleted")).toList());
        Set<String> left = new HashSet<>(deleted);
        for (left.removeAll(events.told()); !left.isEmpty(); left.removeAll(events.told())) {
            Thread.sleep(PAUSE_MILLIS);
        }
        assertThat(told()).containsExactlyInAnyOrderElementsOf(deleted);
    }
}
