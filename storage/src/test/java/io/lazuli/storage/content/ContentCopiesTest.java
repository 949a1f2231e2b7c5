package io.lazuli.storage.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.storage.metadata.ContentHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots whose contents are copied while others go on. */
class ContentCopiesTest {
    private static final BlobAddress ADDRESS = new BlobAddress("contoso", "raw", "a.txt");

    @TempDir
    private Path folder;

    private OpenLake lake;

    @BeforeEach
    void open() throws IOException {
        lake = new OpenLake(folder);
        put("first");
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private void put(String text) {
        try {
            lake.put(ADDRESS, ContentHeaders.ofType("text/plain"), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private List<Path> staged() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("lake/.staging"))) {
            return files.filter(Files::isRegularFile).filter(file -> !file.toString().endsWith(".lock")).toList();
        }
    }

    private String taken(int changes) throws IOException {
        AtomicInteger checks = new AtomicInteger();
        Blob snapshot = lake.blobs().snapshot(ADDRESS, blob -> {
            // What another request does between the copy and the end.
            if (checks.getAndIncrement() < changes) {
                put("content " + checks);
            }
        }, record -> record);
        assertThat(snapshot.record().size()).isEqualTo(Files.size(snapshot.file()));
        assertThat(staged()).isEmpty();
        return Files.readString(snapshot.file());
    }

    @Test
    void takesTheContentThatWasThereAllTheTime() throws IOException {
        assertThat(taken(0)).isEqualTo("first");
    }

    @Test
    void copiesAgainWhatHasChangedMeanwhile() throws IOException {
        assertThat(taken(1)).isEqualTo("content 1");
    }

    @Test
    void hasTheCopyBeforeOthersWait() throws Exception {
        AtomicInteger checks = new AtomicInteger();
        lake.blobs().snapshot(ADDRESS, blob -> {
            if (checks.incrementAndGet() == 2) {
                try {
                    assertThat(staged()).hasSize(1).allSatisfy(copy -> assertThat(copy).hasContent("first"));
                } catch (IOException problem) {
                    throw new UncheckedIOException(problem);
                }
            }
        }, record -> record);
        assertThat(checks).hasValue(2);
    }
}
