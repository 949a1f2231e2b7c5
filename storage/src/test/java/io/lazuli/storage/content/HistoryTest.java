package io.lazuli.storage.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.storage.metadata.ServiceRecord;
import io.lazuli.storage.metadata.ServiceRecord.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    private final Locks locks = new Locks();
    private OpenLake lake;
    private History history;

    @BeforeEach
    void open() {
        lake = new OpenLake(folder, Map.of(), now::get);
        history = lake.history();
        lake.services().update("contoso",
            record -> new ServiceRecord(null, null, null, null, null, new Retention(true, 3, false), null));
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private Path deleteABlob() throws IOException {
        lake.put(ADDRESS);
        lake.blobs().delete(ADDRESS, blob -> { }, Blobs.Snapshots.REFUSE);
        return history.of(ADDRESS).getFirst().file();
    }

    @Test
    void keepsADeletedBlobForItsDays() throws IOException {
        Path kept = deleteABlob();
        now.updateAndGet(moment -> moment.plus(Duration.ofDays(3).minusSeconds(1)));
        history.removeExpired(locks);
        assertThat(history.of(ADDRESS)).hasSize(1);
        assertThat(kept).exists();
    }

    @Test
    void removesItForGoodThereafter() throws IOException {
        Path kept = deleteABlob();
        now.updateAndGet(moment -> moment.plus(Duration.ofDays(3)));
        assertThat(history.of(ADDRESS)).isEmpty();
        history.removeExpired(locks);
        assertThat(kept).doesNotExist();
        assertThat(Files.exists(folder.resolve("lake/contoso/raw/a.txt"))).isFalse();
    }

    @Test
    void leavesWhatIsBeingRestoredWhenItsTimeComes() throws Exception {
        Path kept = deleteABlob();
        now.updateAndGet(moment -> moment.plus(Duration.ofDays(3)));
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Object> restoring = CompletableFuture.supplyAsync(() -> locks.withPaths(ADDRESS, ADDRESS, () -> () -> {
            closed.countDown();
            try {
                return goOn.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }));
        assertThat(closed.await(1, TimeUnit.MINUTES)).isTrue();
        CompletableFuture<Void> removing = CompletableFuture.runAsync(() -> history.removeExpired(locks));
        Thread.sleep(100);
        assertThat(kept).exists();
        goOn.countDown();
        assertThat(restoring.get(1, TimeUnit.MINUTES)).isEqualTo(true);
        removing.get(1, TimeUnit.MINUTES);
        assertThat(kept).doesNotExist();
    }
}
