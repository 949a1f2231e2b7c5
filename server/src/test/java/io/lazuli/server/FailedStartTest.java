package io.lazuli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumingThat;

import com.azure.core.util.BinaryData;
import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start that fails leaves behind: nothing that is in the way of the next one. */
class FailedStartTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void serveOnce() {
        data = ServedWorkspace.data(folder);
        ServedWorkspace.copying(folder, "take", "out");
        ServedWorkspace.onBlobs(folder, "arrived", "take",
            "'events': ['Microsoft.Storage.BlobCreated'], 'blobPathBeginsWith': '/raw/blobs/in/', 'ignoreEmptyBlobs': false");
        try (ServedWorkspace served = new ServedWorkspace(folder)) {
            served.blobs().createBlobContainer("raw").getBlobClient("a").upload(BinaryData.fromString("text"));
        }
    }

    private Optional<RuntimeException> failure(int port) {
        try (ServedWorkspace _ = new ServedWorkspace(folder, port)) {
            return Optional.empty();
        } catch (RuntimeException problem) {
            return Optional.of(problem);
        }
    }

    /** Files of the workspace that this process has open, as Linux knows them. */
    private List<String> open() throws IOException {
        List<String> open = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            for (Path descriptor : (Iterable<Path>) descriptors::iterator) {
                try {
                    String file = Files.readSymbolicLink(descriptor).toString();
                    if (file.startsWith(folder.toRealPath().toString())) {
                        open.add(file);
                    }
                } catch (IOException closedMeanwhile) {
                    assertThat(descriptor).doesNotExist();
                }
            }
        }
        return open;
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
            .filter(name -> name.matches("lake-.*|request-log|qtp.*|trigger.*")).toList();
    }

    private void assertNothingIsLeft(String when) throws IOException {
        assertThat(RunningServer.find(data)).as(when).isEmpty();
        assumingThat(Files.isDirectory(DESCRIPTORS), () -> assertThat(open()).as(when).isEmpty());
        assertThat(threads()).as(when).isEmpty();
        assertThat(data.resolve("server.json")).as(when).doesNotExist();
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.map(file -> folder.relativize(file).toString()).filter(name -> name.matches(".*staging.*/.*|.*\\.new")))
                .as(when).isEmpty();
        }
    }

    private void assertServes(String when) {
        try (ServedWorkspace served = new ServedWorkspace(folder)) {
            assertThat(served.blobs().getBlobContainerClient("raw").getBlobClient("a").downloadContent().toString()).as(when)
                .isEqualTo("text");
        }
    }

    @Test
    void aPortThatIsTakenLeavesNothingBehind() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 3; i++) {
                assertThat(failure(other.getLocalPort())).get().asString().contains("another program");
                assertNothingIsLeft("port");
            }
        }
        assertServes("port");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            all.forEach(path -> {
                try {
                    Files.copy(path, to.resolve(from.relativize(path).toString()));
                } catch (IOException problem) {
                    throw new UncheckedIOException(problem);
                }
            });
        }
    }

    /** Puts something else in a file's or folder's place. */
    private static void spoil(Path path, boolean folderInstead) throws IOException {
        FileTree.deleteAll(path);
        if (folderInstead) {
            Files.createDirectories(path.resolve("not/empty"));
        } else {
            Files.writeString(path, "This is damaged.".repeat(1000));
        }
    }

    @Test
    void whateverIsDamagedInTheDataDirectoryAFailedStartLeavesNothingBehind() throws IOException {
        Path whole = folder.resolve("whole");
        copy(data, whole);
        List<Path> names;
        try (Stream<Path> all = Files.list(whole)) {
            names = all.map(Path::getFileName).sorted().toList();
        }
        List<String> failed = new ArrayList<>();
        for (Path name : names) {
            for (boolean folderInstead : new boolean[] {false, true}) {
                String when = name + (folderInstead ? " is a folder" : " is damaged");
                spoil(data.resolve(name), folderInstead);
                Optional<RuntimeException> failure = failure(0);
                if (failure.isPresent()) {
                    failed.add(when);
                    assertThat(failure.get()).as(when).isInstanceOf(LazuliException.class);
                    assertNothingIsLeft(when);
                }
                FileTree.deleteAll(data);
                copy(whole, data);
                assertServes(when);
            }
        }
        assertThat(failed).contains("secrets is damaged", "secrets is a folder", "secrets.key is damaged", "server.lock is a folder",
            "storage.metadata is damaged", "storage.metadata is a folder", "triggers is damaged");
    }
}
