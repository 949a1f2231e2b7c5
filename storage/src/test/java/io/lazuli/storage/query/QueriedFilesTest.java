package io.lazuli.storage.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.storage.FilesBelow;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.OpenLake;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.ContentHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs that are deleted and made again while queries begin to read them. */
class QueriedFilesTest {
    private static final BlobAddress ADDRESS = new BlobAddress("contoso", "raw", "a.csv");
    private static final int ROUNDS = 2000;

    @TempDir
    private Path folder;

    private OpenLake lake;
    private Blobs blobs;

    @BeforeEach
    void open() {
        lake = new OpenLake(folder);
        blobs = lake.blobs();
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private void put(int bytes) throws IOException {
        lake.put(ADDRESS, ContentHeaders.ofType("text/csv"), new byte[bytes]);
    }

    private Object change() throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            put(i % 100 + 1);
            blobs.delete(ADDRESS, blob -> { }, Blobs.Snapshots.INCLUDE);
        }
        return null;
    }

    /** Whether it found the blob, whole. */
    private boolean isRead(QueriedFiles files) throws IOException {
        try (QueriedFiles.Held held = files.hold(ADDRESS, Optional.empty(), null, blob -> { })) {
            assertThat(Files.size(held.path())).isEqualTo(held.blob().size());
            return true;
        } catch (ServiceFailure gone) {
            assertThat(gone.code()).isEqualTo("BlobNotFound");
            return false;
        }
    }

    @Test
    void areFoundWholeOrNotAtAllAndLeaveNothing() throws Exception {
        put(1);
        try (QueriedFiles files = new QueriedFiles(blobs, folder.resolve("queries"));
            ExecutorService writer = Executors.newSingleThreadExecutor()) {
            assertThat(isRead(files)).isTrue();
            Future<?> changes = writer.submit(this::change);
            while (!changes.isDone()) {
                isRead(files);
            }
            changes.get();
            assertThat(isRead(files)).isFalse();
        }
        assertThat(FilesBelow.staged(folder)).isEmpty();
    }
}
