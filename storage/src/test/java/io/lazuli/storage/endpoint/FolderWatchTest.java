package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import io.lazuli.storage.event.EventScope;
import io.lazuli.storage.event.StorageEvent;
import io.lazuli.storage.event.StorageEventListener;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that other programs write and delete in the lake's folders, as events. */
@Timeout(60)
class FolderWatchTest {
    private static final long PAUSE_MILLIS = 10;

    @TempDir
    private Path folder;

    private final Events events = new Events();
    private StorageWorld world;
    private BlobContainerClient container;
    private int marks;

    /** Whoever wants to hear of the folder {@code in} of one container, and of all of another. */
    private static final class Events implements StorageEventListener {
        private final List<StorageEvent> all = new CopyOnWriteArrayList<>();

        @Override
        public void happened(StorageEvent event) {
            all.add(event);
        }

        @Override
        public Set<EventScope> scopes() {
            return Set.of(new EventScope(StorageWorld.ACCOUNT, "raw", "in"), new EventScope(null, "late", ""));
        }

        /** Each as kind and path. */
        List<String> told() {
            return all.stream().map(event -> event.eventType().replace("Microsoft.Storage.", "") + " "
                + event.subject().replaceFirst(".*/containers/", "").replace("/blobs/", "/")).toList();
        }
    }

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
        while (!events.told().contains(event)) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException late) {
                throw new AssertionError("Only " + events.told() + " and not " + event, late);
            }
        }
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
    void tellsOfFilesThatAreDeletedButNotOfWholeFolders() throws IOException {
        write(file("in/a"), "1");
        write(file("in/folder/b"), "1");
        container.getBlobClient("in/put").upload(BinaryData.fromString("1"));
        await("BlobCreated raw/in/a");
        await("BlobCreated raw/in/folder/b");
        events.all.clear();
        Files.delete(file("in/a"));
        Files.delete(file("in/old"));
        Files.delete(file("in/folder/b"));
        Files.delete(file("in/folder"));
        container.getBlobClient("in/put").delete();
        await("BlobDeleted raw/in/old");
        assertThat(told()).containsExactlyInAnyOrder("BlobDeleted raw/in/put", "BlobDeleted raw/in/a", "BlobDeleted raw/in/old");
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
    void tellsOfNothingThatCameWhileNobodyWatched() throws IOException {
        world.close();
        write(file("in/meanwhile"), "1");
        world = new StorageWorld(folder, Optional.of(events));
        assertThat(told()).isEmpty();
        write(file("in/after"), "1");
        assertThat(told()).containsExactly("BlobCreated raw/in/after");
    }
}
