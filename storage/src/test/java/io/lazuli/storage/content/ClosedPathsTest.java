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
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that are deleted or renamed: others in the container go on meanwhile, and a crash leaves each whole or gone. */
class ClosedPathsTest {
    private static final String ACCOUNT = "contoso";
    private static final BlobAddress DIRECTORY = new BlobAddress(ACCOUNT, "raw", "big");
    private static final BlobAddress INSIDE = DIRECTORY.withPath("big/in/a.txt");
    private static final BlobAddress TARGET = DIRECTORY.withPath("moved");

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private Lake lake;
    private MetadataStore metadata;
    private Services services;
    private Blobs blobs;
    private Directories directories;
    private Expiries expiries;

    @BeforeEach
    void prepare() {
        open();
        lake.container(ACCOUNT, "raw").folder().make();
        put(INSIDE);
    }

    private void open() {
        lake = new Lake(folder.resolve("lake"), Map.of()).with(Durability.PROCESS);
        metadata = new MetadataStore(folder.resolve("metadata"), Durability.PROCESS);
        Accounts accounts = new Accounts(Map.of());
        services = new Services(metadata, accounts);
        History history = new History(lake, metadata, services, accounts, InstantSource.system());
        Locks locks = new Locks();
        blobs = new Blobs(lake, metadata, locks, change -> { }, history, accounts);
        directories = new Directories(lake, metadata, locks, this::hear, history);
        expiries = new Expiries(blobs, history, locks, metadata);
    }

    @AfterEach
    void close() {
        goOn.countDown();
        threads.close();
        metadata.close();
        lake.close();
    }

    /** Keeps the deletion or rename from its end. */
    private void hear(Change change) {
        reached.countDown();
        try {
            assertThat(goOn.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void put(BlobAddress address) {
        try (StagedFile content = blobs.stage(address)) {
            content.channel().write(ByteBuffer.wrap(new byte[] {1}));
            blobs.put(address, content.seal(), BlobRecord.of(BlobKind.BlockBlob, ContentHeaders.ofType("text/x-own"), Map.of()),
                existing -> { });
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private void assertOthersGoOnDuring(Runnable change, BlobAddress there) throws Exception {
        CompletableFuture<Void> changing = CompletableFuture.runAsync(change, threads);
        assertThat(reached.await(1, TimeUnit.MINUTES)).isTrue();
        CompletableFuture.runAsync(() -> put(DIRECTORY.withPath("elsewhere/b.txt")), threads).get(10, TimeUnit.SECONDS);
        CompletableFuture.runAsync(() -> put(DIRECTORY.withPath("bigger/b.txt")), threads).get(10, TimeUnit.SECONDS);
        CompletableFuture<Void> same = CompletableFuture.runAsync(() -> put(there), threads);
        Thread.sleep(100);
        assertThat(same).isNotDone();
        goOn.countDown();
        changing.get(10, TimeUnit.SECONDS);
        same.get(10, TimeUnit.SECONDS);
        assertThat(blobs.require(there).file()).exists();
    }

    @Test
    void letsOthersWriteElsewhereWhileADirectoryIsDeleted() throws Exception {
        assertOthersGoOnDuring(() -> directories.delete(DIRECTORY, true, found -> { }), INSIDE);
    }

    @Test
    void letsOthersWriteElsewhereWhileADirectoryIsDeletedForAWhile() throws Exception {
        services.update(ACCOUNT, none -> new ServiceRecord(null, null, null, null, null, new Retention(true, 7, false), null));
        assertOthersGoOnDuring(() -> directories.delete(DIRECTORY, true, found -> { }), INSIDE);
    }

    @Test
    void letsOthersWriteElsewhereWhileADirectoryIsRenamed() throws Exception {
        assertOthersGoOnDuring(() -> directories.rename(DIRECTORY, TARGET, null, Optional::empty), TARGET.withPath("moved/b.txt"));
    }

    @Test
    void leavesNothingOfADirectoryThatWasDeletedForAWhileInOneThatIsDeletedForGood() throws IOException {
        goOn.countDown();
        services.update(ACCOUNT, none -> new ServiceRecord(null, null, null, null, null, new Retention(true, 7, false), null));
        blobs.update(INSIDE, blob -> { }, record -> record.withTags(Map.of("project", "x")));
        blobs.snapshot(INSIDE, existing -> { }, record -> record);
        directories.delete(DIRECTORY.withPath("big/in"), true, found -> { });
        services.update(ACCOUNT, none -> new ServiceRecord(null, null, null, null, null, new Retention(false, 0, false), null));
        directories.delete(DIRECTORY, true, found -> { });
        for (String table : List.of("blobs", "kept", "tagged", "directories")) {
            assertThat(metadata.table(table, Object.class).keys("")).as(table).isEmpty();
        }
        try (Stream<Path> files = Files.walk(folder.resolve("lake"))) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> !file.toString().endsWith(".lock"))).isEmpty();
        }
    }

    private void begin(AtomicMoves.Move move) {
        metadata.change(() -> metadata.table("renames", AtomicMoves.Move.class).put(DIRECTORY.key(), move));
    }

    private void restart() {
        goOn.countDown();
        metadata.close();
        lake.close();
        open();
        directories.recover();
    }

    @Test
    void forgetsADirectoryThatWasTakenAwayBeforeACrash() throws IOException {
        begin(new AtomicMoves.Move(null, null, null));
        Files.move(folder.resolve("lake/contoso/raw/big"), folder.resolve("aside"));
        restart();
        assertThat(metadata.table("blobs", Object.class).keys(DIRECTORY.key())).isEmpty();
        assertThat(metadata.table("renames", Object.class).keys("")).isEmpty();
    }

    @Test
    void forgetsADirectoryThatWasTakenAwayThoughAnotherProgramMadeOneOfItsName() throws IOException {
        begin(new AtomicMoves.Move(null, null, true));
        Files.move(folder.resolve("lake/contoso/raw/big"), folder.resolve("aside"));
        Files.createDirectory(folder.resolve("lake/contoso/raw/big"));
        restart();
        assertThat(metadata.table("blobs", Object.class).keys(DIRECTORY.key())).isEmpty();
        assertThat(directories.find(DIRECTORY)).isPresent();
    }

    @Test
    void keepsWhatIsKnownOfWhatWasMadeAnewWhereARemovalOrRenameHadFailedMidway() throws IOException {
        put(DIRECTORY.withPath("big/b.txt"));
        for (String to : new String[] {null, TARGET.key()}) {
            begin(new AtomicMoves.Move(to, null, true));
            Files.move(folder.resolve("lake/contoso/raw/big"), folder.resolve("lake/contoso/raw/moved" + (to == null ? "0" : "")));
            put(INSIDE);
            blobs.snapshot(INSIDE, existing -> { }, record -> record);
            restart();
            assertThat(blobs.require(INSIDE).record().headers().type()).isEqualTo("text/x-own");
            assertThat(metadata.table(History.TABLE, Object.class).keys(INSIDE.key() + "\0")).hasSize(to == null ? 1 : 2);
            assertThat(metadata.table("blobs", Object.class).keys(DIRECTORY.key())).containsExactly(INSIDE.key());
            assertThat(metadata.table("renames", Object.class).keys("")).isEmpty();
        }
    }

    @Test
    void keepsWhatIsKnownOfAFileThatWasReplacedWhereARenameHadMovedItAndFailedMidway() throws IOException {
        BlobAddress moved = TARGET.withPath("moved/in/a.txt");
        metadata.change(() -> metadata.table("access", Object.class).put(INSIDE.key(), AccessRecords.plain(true)));
        begin(new AtomicMoves.Move(TARGET.key(), null, true));
        Files.move(folder.resolve("lake/contoso/raw/big"), folder.resolve("lake/contoso/raw/moved"));
        put(moved);
        restart();
        assertThat(blobs.require(moved).record().headers().type()).isEqualTo("text/x-own");
        assertThat(directories.access(moved, false)).isEqualTo(AccessRecords.plain(false));
        assertThat(metadata.table("blobs", Object.class).keys("")).containsExactly(moved.key());
        assertThat(metadata.table("access", Object.class).keys("")).isEmpty();
    }

    @Test
    void leavesADirectoryWholeThatACrashKeptFromBeingTakenAway() {
        begin(new AtomicMoves.Move(null, null, null));
        restart();
        assertThat(blobs.require(INSIDE).record().headers().type()).isEqualTo("text/x-own");
        assertThat(metadata.table("renames", Object.class).keys("")).isEmpty();
    }

    @Test
    void letsTheRestOfWhatIsKnownFollowARenameThatACrashInterrupted() throws IOException {
        put(DIRECTORY.withPath("big/b.txt"));
        begin(new AtomicMoves.Move(TARGET.key(), null, true));
        Files.move(folder.resolve("lake/contoso/raw/big"), folder.resolve("lake/contoso/raw/moved"));
        metadata.change(() -> metadata.table("blobs", Object.class).move(DIRECTORY.key() + "/b.txt", TARGET.key() + "/b.txt", false));
        restart();
        assertThat(blobs.require(TARGET.withPath("moved/b.txt")).record().headers().type()).isEqualTo("text/x-own");
        assertThat(blobs.require(TARGET.withPath("moved/in/a.txt")).record().headers().type()).isEqualTo("text/x-own");
        assertThat(metadata.table("blobs", Object.class).keys(DIRECTORY.key())).isEmpty();
    }

    @Test
    void letsTheRestFollowARenameThatFailedMidwayBeforeTheDirectoryMovesOn() throws IOException {
        goOn.countDown();
        begin(new AtomicMoves.Move(TARGET.key(), null, true));
        Files.move(folder.resolve("lake/contoso/raw/big"), folder.resolve("lake/contoso/raw/moved"));
        directories.rename(TARGET, DIRECTORY.withPath("again"), null, Optional::empty);
        assertThat(blobs.require(DIRECTORY.withPath("again/in/a.txt")).record().headers().type()).isEqualTo("text/x-own");
        assertThat(metadata.table("renames", Object.class).keys("")).isEmpty();
    }

    @Test
    void keepsNobodyWaitingForWhatExpiresInADirectoryThatIsRenamed() throws Exception {
        blobs.update(INSIDE, found -> { }, record -> record.withExpiry(1L));
        CompletableFuture<Void> renaming = CompletableFuture.runAsync(
            () -> directories.rename(DIRECTORY, TARGET, null, Optional::empty), threads);
        assertThat(reached.await(1, TimeUnit.MINUTES)).isTrue();
        CompletableFuture.runAsync(expiries::remove, threads).get(10, TimeUnit.SECONDS);
        goOn.countDown();
        renaming.get(10, TimeUnit.SECONDS);
        expiries.remove();
        assertThat(blobs.find(TARGET.withPath("moved/in/a.txt"))).isEmpty();
    }
}
