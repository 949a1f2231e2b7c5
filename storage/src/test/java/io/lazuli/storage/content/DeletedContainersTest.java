package io.lazuli.storage.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.storage.Durability;
import io.lazuli.storage.Lake;
import io.lazuli.storage.content.DeletedContainers.Deleted;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContentHeaders;
import io.lazuli.storage.metadata.DeletedContainerRecord;
import io.lazuli.storage.metadata.DeletedContainerRecord.Stage;
import io.lazuli.storage.metadata.MetadataStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long deleted containers are kept, where, and what crashes leave. */
class DeletedContainersTest {
    private static final String ACCOUNT = "contoso";
    private static final BlobAddress PLAIN = new BlobAddress(ACCOUNT, "raw", "in/a.txt");
    private static final BlobAddress MAPPED = new BlobAddress(ACCOUNT, "landing", "in/a.txt");

    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private Lake lake;
    private MetadataStore metadata;
    private Blobs blobs;
    private Containers containers;

    @BeforeEach
    void open() {
        open(3);
    }

    private void open(int days) {
        lake = new Lake(folder.resolve("lake"), Map.of(ACCOUNT + "/landing", folder.resolve("landing")));
        metadata = new MetadataStore(folder.resolve("metadata"), Durability.PROCESS);
        Accounts accounts = new Accounts(Map.of(ACCOUNT, new AccountSettings(true, false, days)));
        History history = new History(lake, metadata, new Services(metadata, accounts), accounts, now::get);
        Locks locks = new Locks();
        blobs = new Blobs(lake, metadata, locks, change -> { }, history, accounts);
        containers = new Containers(lake, metadata, locks, history,
            new Blocks(folder.resolve("blocks"), locks, lake));
        containers.recover();
    }

    @AfterEach
    void close() {
        metadata.close();
        lake.close();
    }

    private void put(BlobAddress address) throws IOException {
        containers.create(ACCOUNT, address.container(), Map.of("owner", "ops"), null);
        try (StagedFile content = blobs.stage(address)) {
            content.channel().write(ByteBuffer.wrap("a".getBytes(StandardCharsets.UTF_8)));
            blobs.put(address, content.seal(), BlobRecord.of(BlobKind.BlockBlob, ContentHeaders.ofType("text/x-own"), Map.of()),
                existing -> { });
        }
    }

    private void delete(BlobAddress address) {
        containers.delete(ACCOUNT, address.container(), container -> { });
    }

    private void restore(Deleted deleted) {
        containers.restore(ACCOUNT, deleted.name(), deleted.record().version());
    }

    private void assertWhole(BlobAddress address) {
        assertThat(blobs.require(address).record().headers().type()).isEqualTo("text/x-own");
        assertThat(blobs.require(address).file()).hasContent("a");
        assertThat(containers.require(ACCOUNT, address.container()).record().metadata()).isEqualTo(Map.of("owner", "ops"));
    }

    private List<Path> filesLeft() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).filter(file -> file.getFileName().toString().endsWith(".txt")).toList();
        }
    }

    @Test
    void keepsAContainerForItsDays() throws IOException {
        put(PLAIN);
        delete(PLAIN);
        now.updateAndGet(moment -> moment.plus(Duration.ofDays(3).minusMinutes(1)));
        containers.removeExpired();
        assertThat(containers.exists(ACCOUNT, "raw")).isFalse();
        restore(containers.deleted(ACCOUNT).getFirst());
        assertWhole(PLAIN);
        assertThat(containers.deleted(ACCOUNT)).isEmpty();
    }

    @Test
    void removesItForGoodThereafter() throws IOException {
        put(PLAIN);
        delete(PLAIN);
        Deleted deleted = containers.deleted(ACCOUNT).getFirst();
        now.updateAndGet(moment -> moment.plus(Duration.ofDays(3).plusMinutes(1)));
        assertThatThrownBy(() -> restore(deleted)).isInstanceOfSatisfying(ServiceFailure.class,
            failure -> assertThat(failure.code()).isEqualTo("ContainerNotFound"));
        containers.removeExpired();
        assertThat(filesLeft()).isEmpty();
        assertThat(metadata.table("parked", Object.class).keys("")).isEmpty();
    }

    @Test
    void deletesAndRestoresAContainerThatIsADirectoryElsewhere() throws IOException {
        put(MAPPED);
        delete(MAPPED);
        assertThat(containers.exists(ACCOUNT, "landing")).isFalse();
        assertThat(folder.resolve("landing/in")).doesNotExist();
        containers.create(ACCOUNT, "landing", Map.of(), null);
        assertThat(blobs.find(MAPPED)).isEmpty();
        delete(MAPPED);
        restore(containers.deleted(ACCOUNT).getFirst());
        assertWhole(MAPPED);
    }

    @Test
    void isThereAgainWhenAnotherProgramPutsAFileIntoADirectoryElsewhere() throws IOException {
        put(MAPPED);
        delete(MAPPED);
        Files.writeString(folder.resolve("landing/b.txt"), "b");
        assertThat(containers.exists(ACCOUNT, "landing")).isTrue();
        assertThatThrownBy(() -> restore(containers.deleted(ACCOUNT).getFirst())).isInstanceOfSatisfying(ServiceFailure.class,
            failure -> assertThat(failure.code()).isEqualTo("ContainerAlreadyExists"));
        delete(MAPPED);
        restore(containers.deleted(ACCOUNT).getLast());
        assertThat(folder.resolve("landing/b.txt")).hasContent("b");
    }

    @Test
    void deletesADirectoryElsewhereForGoodWhenNothingIsKept() throws IOException {
        close();
        open(0);
        put(MAPPED);
        delete(MAPPED);
        assertThat(containers.exists(ACCOUNT, "landing")).isFalse();
        assertThat(containers.deleted(ACCOUNT)).isEmpty();
        assertThat(filesLeft()).isEmpty();
        containers.create(ACCOUNT, "landing", Map.of(), null);
        assertThat(containers.exists(ACCOUNT, "landing")).isTrue();
    }

    private void interrupt(Deleted deleted, Stage stage) {
        metadata.change(() -> metadata.table("deletedcontainers", DeletedContainerRecord.class)
            .put(ACCOUNT + "/" + deleted.place(), deleted.record().with(stage)));
        close();
        open(3);
    }

    @Test
    void endsADeletionThatACrashInterrupted() throws IOException {
        for (BlobAddress address : List.of(PLAIN, MAPPED)) {
            put(address);
            Deleted deleted = new Deleted(ACCOUNT, address.container(), new DeletedContainerRecord(
                containers.require(ACCOUNT, address.container()).record(), "ab", now.get().toEpochMilli() * 1000,
                now.get().plus(Duration.ofDays(3)).toEpochMilli() * 1000, Stage.LEAVING));
            lake.container(ACCOUNT, address.container()).folder().layAside("ab");
            interrupt(deleted, Stage.LEAVING);
            assertThat(containers.exists(ACCOUNT, address.container())).isFalse();
            restore(containers.deleted(ACCOUNT).getFirst());
            assertWhole(address);
        }
    }

    @Test
    void forgetsADeletionThatHadNotBegunWhenItWasInterrupted() throws IOException {
        put(PLAIN);
        interrupt(new Deleted(ACCOUNT, "raw", new DeletedContainerRecord(containers.require(ACCOUNT, "raw").record(), "ab", 1, 2,
            Stage.LEAVING)), Stage.LEAVING);
        assertWhole(PLAIN);
        assertThat(metadata.table("deletedcontainers", Object.class).keys("")).isEmpty();
    }

    private void putAnother(BlobAddress address) throws IOException {
        try (StagedFile content = blobs.stage(address)) {
            blobs.put(address, content.seal(), BlobRecord.of(BlobKind.BlockBlob, ContentHeaders.ofType("text/x-own"), Map.of()),
                existing -> { });
        }
    }

    private Deleted leaving(BlobAddress address, Duration retention) {
        return new Deleted(ACCOUNT, address.container(), new DeletedContainerRecord(
            containers.require(ACCOUNT, address.container()).record(), "ab", now.get().toEpochMilli() * 1000,
            now.get().plus(retention).toEpochMilli() * 1000, Stage.LEAVING));
    }

    @Test
    void letsTheRestOfWhatIsKnownFollowAContainerThatACrashKeptHalfway() throws IOException {
        for (BlobAddress address : List.of(PLAIN, MAPPED)) {
            put(address);
            putAnother(address.withPath("b.txt"));
            Deleted deleted = leaving(address, Duration.ofDays(3));
            lake.container(ACCOUNT, address.container()).folder().layAside("ab");
            metadata.change(() -> {
                metadata.table("blobs", Object.class).moveTo(metadata.table("parked", Object.class), address.withPath("b.txt").key(),
                    "ab/blobs/b.txt");
                metadata.table("containers", Object.class).remove(address.containerKey());
            });
            interrupt(deleted, Stage.LEFT);
            assertThat(metadata.table("blobs", Object.class).keys(address.containerKey() + "/")).isEmpty();
            restore(containers.deleted(ACCOUNT).getFirst());
            assertWhole(address);
            assertThat(blobs.require(address.withPath("b.txt")).record().headers().type()).isEqualTo("text/x-own");
            containers.delete(ACCOUNT, address.container(), container -> { });
            metadata.change(() -> metadata.table("deletedcontainers", Object.class).removeAll(""));
        }
    }

    @Test
    void forgetsTheRestOfAContainerThatACrashKeptFromBeingDeletedForGood() throws IOException {
        put(PLAIN);
        blobs.snapshot(PLAIN, blob -> { }, record -> record);
        Deleted deleted = leaving(PLAIN, Duration.ZERO);
        lake.container(ACCOUNT, "raw").folder().layAside("ab");
        interrupt(deleted, Stage.LEFT);
        containers.removeExpired();
        assertThat(filesLeft()).isEmpty();
        for (String table : List.of("blobs", "kept", "parked", "deletedcontainers", "directories")) {
            assertThat(metadata.table(table, Object.class).keys("")).as(table).isEmpty();
        }
        try (Stream<Path> kept = Files.walk(folder.resolve("lake/.kept"))) {
            assertThat(kept.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(folder.resolve("lake/.kept/ab")).doesNotExist();
    }

    @Test
    void keepsWhatIsKnownOfAFolderMadeAnewWhereADeletionHadFailedMidway() throws IOException {
        put(PLAIN);
        putAnother(PLAIN.withPath("b.txt"));
        Deleted deleted = leaving(PLAIN, Duration.ofDays(3));
        lake.container(ACCOUNT, "raw").folder().layAside("ab");
        lake.container(ACCOUNT, "raw").folder().make();
        putAnother(PLAIN);
        interrupt(deleted, Stage.LEFT);
        assertThat(blobs.require(PLAIN).record().headers().type()).isEqualTo("text/x-own");
        assertThat(metadata.table("blobs", Object.class).keys(PLAIN.containerKey())).containsExactly(PLAIN.key());
        assertThat(metadata.table("parked", Object.class).keys("ab/blobs/")).containsExactly("ab/blobs/b.txt");
    }

    @Test
    void aContainerMadeAnewKeepsItsRecordsAfterADeletionThatHadFailedMidway() throws IOException {
        put(PLAIN);
        Deleted deleted = leaving(PLAIN, Duration.ofDays(3));
        lake.container(ACCOUNT, "raw").folder().layAside("ab");
        metadata.change(() -> metadata.table("deletedcontainers", DeletedContainerRecord.class)
            .put(ACCOUNT + "/" + deleted.place(), deleted.record().with(Stage.LEFT)));
        put(PLAIN);
        assertWhole(PLAIN);
        assertThat(metadata.table("parked", Object.class).keys("ab/blobs/")).containsExactly("ab/blobs/in/a.txt");
        delete(PLAIN);
        assertThat(containers.deleted(ACCOUNT)).hasSize(2);
    }

    @Test
    void makesAContainerWhileAFormerOneOfItsNameIsRemoved() throws Exception {
        put(PLAIN);
        for (int i = 0; i < 50; i++) {
            Path some = Files.createDirectories(folder.resolve("lake/contoso/raw/many/" + i));
            for (int j = 0; j < 400; j++) {
                Files.createFile(some.resolve(j + ".txt"));
            }
        }
        delete(PLAIN);
        Path aside = folder.resolve("lake/.kept").resolve(containers.deleted(ACCOUNT).getFirst().record().file());
        now.updateAndGet(moment -> moment.plus(Duration.ofDays(4)));
        CompletableFuture<Void> removing = CompletableFuture.runAsync(containers::removeExpired);
        while (Files.exists(aside.resolve("many/0/0.txt")) && Files.exists(aside.resolve("many/49/0.txt"))) {
            Thread.onSpinWait();
        }
        containers.create(ACCOUNT, "raw", Map.of(), null);
        assertThat(aside).exists();
        removing.get(1, TimeUnit.MINUTES);
        assertThat(aside).doesNotExist();
        assertThat(containers.exists(ACCOUNT, "raw")).isTrue();
    }

    @Test
    void endsARestorationOfWhichACrashLeftHalfParked() throws IOException {
        put(PLAIN);
        putAnother(PLAIN.withPath("b.txt"));
        delete(PLAIN);
        Deleted deleted = containers.deleted(ACCOUNT).getFirst();
        metadata.change(() -> metadata.table("parked", Object.class).moveTo(metadata.table("blobs", Object.class),
            deleted.record().file() + "/blobs/b.txt", PLAIN.withPath("b.txt").key()));
        interrupt(deleted, Stage.RETURNING);
        assertWhole(PLAIN);
        assertThat(blobs.require(PLAIN.withPath("b.txt")).record().headers().type()).isEqualTo("text/x-own");
        assertThat(metadata.table("parked", Object.class).keys("")).isEmpty();
    }

    @Test
    void keepsWhatWasBeingRestoredWhenAnotherProgramHasTakenItsPlaceAfterACrash() throws IOException {
        put(PLAIN);
        delete(PLAIN);
        Deleted deleted = containers.deleted(ACCOUNT).getFirst();
        restore(deleted);
        lake.container(ACCOUNT, "raw").folder().layAside(deleted.record().file());
        Files.writeString(Files.createDirectories(folder.resolve("lake/contoso/raw")).resolve("b.txt"), "b");
        interrupt(deleted, Stage.RETURNING);
        assertThat(folder.resolve("lake/contoso/raw/b.txt")).hasContent("b");
        assertThat(containers.require(ACCOUNT, "raw").record().metadata()).isEmpty();
        delete(PLAIN);
        restore(deleted);
        assertWhole(PLAIN);
    }

    @Test
    void endsARestorationThatACrashInterrupted() throws IOException {
        for (BlobAddress address : List.of(PLAIN, MAPPED)) {
            put(address);
            delete(address);
            Deleted deleted = containers.deleted(ACCOUNT).getFirst();
            restore(deleted);
            lake.container(ACCOUNT, address.container()).folder().layAside(deleted.record().file());
            interrupt(deleted, Stage.RETURNING);
            assertWhole(address);
            assertThat(containers.deleted(ACCOUNT)).isEmpty();
        }
    }
}
