package io.lazuli.storage.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.storage.Durability;
import io.lazuli.storage.FilesBelow;
import io.lazuli.storage.Lake;
import io.lazuli.storage.content.Accounts;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.History;
import io.lazuli.storage.content.Locks;
import io.lazuli.storage.content.Services;
import io.lazuli.storage.content.StagedFile;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContentHeaders;
import io.lazuli.storage.metadata.MetadataStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
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

    private Lake lake;
    private MetadataStore metadata;
    private Blobs blobs;

    @BeforeEach
    void open() {
        lake = new Lake(folder.resolve("lake"), Map.of()).with(Durability.PROCESS);
        metadata = new MetadataStore(folder.resolve("metadata"), Durability.PROCESS);
        Accounts accounts = new Accounts(Map.of());
        History history = new History(lake, metadata, new Services(metadata, accounts), accounts, InstantSource.system());
        blobs = new Blobs(lake, metadata, new Locks(), change -> { }, history, accounts);
    }

    @AfterEach
    void close() {
        metadata.close();
        lake.close();
    }

    private void put(int bytes) throws IOException {
        try (StagedFile content = blobs.stage(ADDRESS)) {
            content.channel().write(ByteBuffer.allocate(bytes));
            blobs.put(ADDRESS, content.seal(), BlobRecord.of(BlobKind.BlockBlob, ContentHeaders.ofType("text/csv"), Map.of()),
                existing -> { });
        }
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
        try (QueriedFiles.Held held = files.hold(ADDRESS, null, blob -> { })) {
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
