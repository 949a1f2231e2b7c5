package io.lazuli.storage.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.storage.Durability;
import io.lazuli.storage.Lake;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContentHeaders;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.ServiceRecord;
import io.lazuli.storage.metadata.ServiceRecord.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long deleted blobs are kept. */
class HistoryTest {
    private static final BlobAddress ADDRESS = new BlobAddress("contoso", "raw", "a.txt");

    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private Lake lake;
    private MetadataStore metadata;
    private History history;
    private Blobs blobs;

    @BeforeEach
    void open() {
        lake = new Lake(folder.resolve("lake"), Map.of());
        metadata = new MetadataStore(folder.resolve("metadata"), Durability.PROCESS);
        Accounts accounts = new Accounts(Map.of());
        Services services = new Services(metadata, accounts);
        services.update("contoso", record -> new ServiceRecord(null, null, null, null, null, new Retention(true, 3, false), null));
        history = new History(lake, metadata, services, accounts, now::get);
        blobs = new Blobs(lake, metadata, new Locks(), change -> { }, history, accounts);
    }

    @AfterEach
    void close() {
        metadata.close();
        lake.close();
    }

    private Path deleteABlob() throws IOException {
        try (StagedFile content = blobs.stage(ADDRESS)) {
            BlobRecord record = BlobRecord.of(BlobKind.BlockBlob, ContentHeaders.ofType("text/plain"), Map.of());
            blobs.put(ADDRESS, content.seal(), record, existing -> { });
        }
        blobs.delete(ADDRESS, blob -> { }, Blobs.Snapshots.REFUSE);
        return history.of(ADDRESS).getFirst().file();
    }

    @Test
    void keepsADeletedBlobForItsDays() throws IOException {
        Path kept = deleteABlob();
        now.updateAndGet(moment -> moment.plus(Duration.ofDays(3).minusSeconds(1)));
        history.removeExpired();
        assertThat(history.of(ADDRESS)).hasSize(1);
        assertThat(kept).exists();
    }

    @Test
    void removesItForGoodThereafter() throws IOException {
        Path kept = deleteABlob();
        now.updateAndGet(moment -> moment.plus(Duration.ofDays(3)));
        assertThat(history.of(ADDRESS)).isEmpty();
        history.removeExpired();
        assertThat(kept).doesNotExist();
        assertThat(Files.exists(folder.resolve("lake/contoso/raw/a.txt"))).isFalse();
    }
}
