package io.lazuli.storage.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.storage.Durability;
import io.lazuli.storage.Lake;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContentHeaders;
import io.lazuli.storage.metadata.MetadataStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the deletion of a container does to requests that come at the same time. */
class ContainerDeletionTest {
    private static final String HIERARCHICAL = "contoso";
    private static final String FLAT = "fabrikam";
    private static final int ROUNDS = 30;
    private static final int WRITERS = 4;
    private static final int MANY = 20_000;

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Lake lake;
    private MetadataStore metadata;
    private Blobs blobs;
    private Directories directories;
    private Containers containers;
    private Blocks blocks;

    @BeforeEach
    void open() {
        lake = new Lake(folder.resolve("lake"), Map.of()).with(Durability.PROCESS);
        metadata = new MetadataStore(folder.resolve("metadata"), Durability.PROCESS);
        Accounts accounts = new Accounts(Map.of(FLAT, new AccountSettings(false, false, 0)));
        History history = new History(lake, metadata, new Services(metadata, accounts), accounts, InstantSource.system());
        Locks locks = new Locks();
        blobs = new Blobs(lake, metadata, locks, change -> { }, history, accounts);
        directories = new Directories(lake, metadata, locks, change -> { }, history);
        blocks = new Blocks(folder.resolve("blocks"), locks, lake);
        containers = new Containers(lake, metadata, locks, history, blocks);
        Stream.of(HIERARCHICAL, FLAT).forEach(account -> containers.create(account, "raw", Map.of(), null));
    }

    @AfterEach
    void close() {
        threads.close();
        metadata.close();
        lake.close();
    }

    private void put(BlobAddress address, Runnable before) {
        try (StagedFile content = blobs.stage(address)) {
            content.channel().write(ByteBuffer.wrap(new byte[] {1}));
            before.run();
            blobs.put(address, content.seal(), BlobRecord.of(BlobKind.BlockBlob, ContentHeaders.ofType("text/x-own"), Map.of()),
                existing -> { });
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private void delete(String account) {
        containers.delete(account, "raw", container -> { });
    }

    private void assertFindsNoContainer(String account, ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOfSatisfying(ServiceFailure.class,
            failure -> assertThat(failure.code()).isEqualTo("ContainerNotFound"));
        assertThat(containers.exists(account, "raw")).isFalse();
        assertThat(metadata.table("blobs", Object.class).keys(account + "/raw/")).isEmpty();
    }

    @Test
    void refusesABlobWhoseContainerIsDeletedWhileItComes() {
        for (String account : List.of(HIERARCHICAL, FLAT)) {
            assertFindsNoContainer(account, () -> put(new BlobAddress(account, "raw", "in/a.txt"), () -> delete(account)));
        }
    }

    @Test
    void refusesADirectoryInADeletedContainer() {
        delete(HIERARCHICAL);
        assertFindsNoContainer(HIERARCHICAL, () -> directories.create(new BlobAddress(HIERARCHICAL, "raw", "in"), Map.of(), null,
            above -> above, null, null, lease -> lease));
    }

    @Test
    void refusesABlobOfAnotherContainerInADeletedOne() {
        BlobAddress from = new BlobAddress(FLAT, "landing", "a.txt");
        containers.create(FLAT, "landing", Map.of(), null);
        put(from, () -> { });
        delete(FLAT);
        assertFindsNoContainer(FLAT, () -> blobs.rename(from, new BlobAddress(FLAT, "raw", "a.txt"), blob -> { }, blob -> { },
            record -> record));
        assertThat(blobs.require(from).file()).exists();
    }

    private void putBlock(BlobAddress address, Runnable before) {
        try (StagedFile content = blocks.stage(null)) {
            content.channel().write(ByteBuffer.wrap(new byte[] {1}));
            before.run();
            blocks.put(address, "b25l", null, content.seal());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Test
    void refusesABlockWhoseContainerIsDeletedWhileItComes() {
        BlobAddress address = new BlobAddress(HIERARCHICAL, "raw", "in/a.txt");
        assertFindsNoContainer(HIERARCHICAL, () -> putBlock(address, () -> delete(HIERARCHICAL)));
        containers.create(HIERARCHICAL, "raw", Map.of(), null);
        assertThat(blocks.list(address)).isEmpty();
    }

    @Test
    void takesUncommittedBlocksWithIt() throws IOException {
        BlobAddress address = new BlobAddress(HIERARCHICAL, "raw", "in/a.txt");
        List<Runnable> ways = List.of(() -> delete(HIERARCHICAL), () -> containers.deleteEmpty(HIERARCHICAL, "raw"), () -> {
            try {
                Files.delete(folder.resolve("lake/contoso/raw"));
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        });
        for (Runnable way : ways) {
            putBlock(address, () -> { });
            assertThat(blocks.list(address)).hasSize(1);
            way.run();
            containers.create(HIERARCHICAL, "raw", Map.of(), null);
            assertThat(blocks.list(address)).isEmpty();
            assertThat(folder.resolve("blocks/.discarded")).isEmptyDirectory();
        }
    }

    @Test
    void isDeletedForGoodWhileManyWriteIntoIt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String name = "in/" + i + "/";
                writers.add(CompletableFuture.runAsync(() -> putUntilItIsGone(name), threads));
            }
            delete(HIERARCHICAL);
            for (CompletableFuture<Void> writer : writers) {
                writer.get(10, TimeUnit.SECONDS);
            }
            assertThat(containers.exists(HIERARCHICAL, "raw")).isFalse();
            containers.create(HIERARCHICAL, "raw", Map.of(), null);
        }
    }

    @Test
    void letsOthersGoOnWhileWhatIsKnownOfManyFilesIsForgotten() throws Exception {
        List<String> tables = List.of("blobs", "access");
        metadata.change(() -> {
            for (int i = 0; i < MANY; i++) {
                String key = HIERARCHICAL + "/raw/" + i;
                tables.forEach(table -> metadata.table(table, Object.class).put(key, true));
            }
        });
        CompletableFuture<Void> deleting = CompletableFuture.runAsync(() -> delete(HIERARCHICAL), threads);
        Set<Integer> seen = new TreeSet<>();
        while (!deleting.isDone()) {
            // Changes by others come between those of the deletion.
            metadata.change(() -> {
                metadata.table("directories", Object.class).put(FLAT + "/raw/any", true);
                seen.add(tables.stream().mapToInt(table -> metadata.table(table, Object.class).keys(HIERARCHICAL + "/raw/").size()).sum());
            });
        }
        deleting.get(1, TimeUnit.MINUTES);
        assertThat(seen).anyMatch(count -> count > 0 && count < MANY * tables.size());
        tables.forEach(table -> assertThat(metadata.table(table, Object.class).keys(HIERARCHICAL + "/raw/")).isEmpty());
    }

    @Test
    void letsNobodyIntoAContainerUntilItsDeletionHasEnded() throws Exception {
        Locks locks = new Locks();
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Object> deleting = CompletableFuture.supplyAsync(() -> locks.withContents("contoso/raw", () -> () -> {
            closed.countDown();
            try {
                return goOn.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }), threads);
        assertThat(closed.await(1, TimeUnit.MINUTES)).isTrue();
        CompletableFuture<Boolean> making = CompletableFuture.supplyAsync(() -> locks.withContainer("contoso/raw", () -> true), threads);
        CompletableFuture<Boolean> writing = CompletableFuture.supplyAsync(
            () -> locks.withBlob(new BlobAddress("contoso", "raw", "a.txt"), () -> true), threads);
        assertThat(locks.withBlob(new BlobAddress("contoso", "raw2", "a.txt"), () -> true)).isTrue();
        Thread.sleep(100);
        assertThat(making).isNotDone();
        assertThat(writing).isNotDone();
        goOn.countDown();
        assertThat(deleting.get(10, TimeUnit.SECONDS)).isEqualTo(true);
        assertThat(making.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(writing.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private void putUntilItIsGone(String prefix) {
        try {
            for (int i = 0; ; i++) {
                put(new BlobAddress(HIERARCHICAL, "raw", prefix + i), () -> { });
            }
        } catch (ServiceFailure gone) {
            assertThat(gone.code()).isEqualTo("ContainerNotFound");
        }
    }
}
