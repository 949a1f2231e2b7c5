package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobRetentionPolicy;
import com.azure.storage.blob.models.BlobServiceProperties;
import com.azure.storage.file.datalake.DataLakeDirectoryClient;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import com.azure.storage.file.datalake.models.FileExpirationOffset;
import com.azure.storage.file.datalake.models.PathItem;
import com.azure.storage.file.datalake.options.DataLakePathCreateOptions;
import com.azure.storage.file.datalake.options.DataLakePathScheduleDeletionOptions;
import com.azure.storage.file.datalake.options.FileScheduleDeletionOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that end by themselves, and what else a new file can be given. */
class FileExpiryTest {
    private static final OffsetDateTime NEXT_YEAR = OffsetDateTime.now(ZoneOffset.UTC).plusYears(1).truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    private Path folder;

    private StorageWorld world;
    private DataLakeFileSystemClient lake;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
        lake = world.lake("lake");
        lake.create();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static void assertCode(ThrowingCallable call, int status, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DataLakeStorageException.class, failure -> {
            assertThat(failure.getErrorCode()).isEqualTo(code);
            assertThat(failure.getStatusCode()).isEqualTo(status);
        });
    }

    private static OffsetDateTime expiry(DataLakeFileClient file) {
        return file.getProperties().getExpiresOn();
    }

    private static void awaitEnd(OffsetDateTime moment) throws InterruptedException {
        while (!OffsetDateTime.now().isAfter(moment)) {
            Thread.sleep(20);
        }
    }

    @Test
    void showsWhenAFileEnds() {
        DataLakeFileClient file = lake.createFile("d/a");
        assertThat(expiry(file)).isNull();
        file.scheduleDeletion(new FileScheduleDeletionOptions(NEXT_YEAR));
        assertThat(expiry(file)).isEqualTo(NEXT_YEAR);
        assertThat(lake.getDirectoryClient("d").listPaths().stream().map(PathItem::getExpiryTime)).containsExactly(NEXT_YEAR);
        file.append(BinaryData.fromString("text"), 0);
        file.flush(4, true);
        assertThat(expiry(lake.getFileClient("d/a").rename(null, "d/b"))).isEqualTo(NEXT_YEAR);
        lake.getFileClient("d/b").scheduleDeletion(new FileScheduleDeletionOptions());
        assertThat(expiry(lake.getFileClient("d/b"))).isNull();
    }

    @Test
    void countsFromCreationOrFromNow() {
        DataLakeFileClient file = lake.createFile("a");
        file.scheduleDeletion(new FileScheduleDeletionOptions(Duration.ofDays(2), FileExpirationOffset.CREATION_TIME));
        assertThat(expiry(file)).isEqualTo(file.getProperties().getCreationTime().plusDays(2));
        OffsetDateTime before = OffsetDateTime.now().plusDays(3).minusSeconds(1);
        file.scheduleDeletion(new FileScheduleDeletionOptions(Duration.ofDays(3), FileExpirationOffset.NOW));
        assertThat(expiry(file)).isBetween(before, OffsetDateTime.now().plusDays(3));
    }

    @Test
    void endsAtOnceWhatShouldHaveEndedSoonAfterItsCreation() {
        DataLakeFileClient file = lake.createFile("a");
        file.scheduleDeletion(new FileScheduleDeletionOptions(Duration.ofMillis(1), FileExpirationOffset.CREATION_TIME));
        assertThat(file.exists()).isFalse();
    }

    private void create(String path, Duration life) {
        lake.getFileClient(path).createWithResponse(new DataLakePathCreateOptions().setScheduleDeletionOptions(
            new DataLakePathScheduleDeletionOptions(life)), null, Context.NONE);
    }

    @Test
    void endsFilesAtTheirTime() throws InterruptedException {
        DataLakeDirectoryClient directory = lake.createDirectory("d");
        create("d/a", Duration.ofMillis(700));
        create("d/c", Duration.ofDays(1));
        lake.createFile("d/b");
        // A folder that is moved takes along when its files end.
        directory.rename(null, "e");
        awaitEnd(OffsetDateTime.now().plusNanos(800_000_000));
        assertThat(lake.getDirectoryClient("e").listPaths().stream().map(PathItem::getName)).containsExactly("e/b", "e/c");
        assertThat(lake.getFileClient("e/a").exists()).isFalse();
        assertThat(expiry(lake.getFileClient("e/c"))).isAfter(OffsetDateTime.now());
        assertThat(world.file("lake", "e/a")).doesNotExist();
        assertThat(world.file("lake", "e/b")).exists();
    }

    @Test
    void endsFilesWhoseTimeCameWhileTheServiceWasDown() throws InterruptedException {
        lake.createFile("a").scheduleDeletion(new FileScheduleDeletionOptions(Duration.ofMillis(300), FileExpirationOffset.NOW));
        world.close();
        awaitEnd(OffsetDateTime.now().plusNanos(400_000_000));
        world = new StorageWorld(folder);
        lake = world.lake("lake");
        assertThat(lake.listPaths()).isEmpty();
    }

    @Test
    void keepsFilesThatWereReplacedBeforeTheirTime() throws InterruptedException {
        DataLakeFileClient file = lake.createFile("a");
        file.scheduleDeletion(new FileScheduleDeletionOptions(Duration.ofMillis(500), FileExpirationOffset.NOW));
        file.upload(BinaryData.fromString("new"), true);
        awaitEnd(OffsetDateTime.now().plusNanos(600_000_000));
        assertThat(file.getProperties().getFileSize()).isEqualTo(3);
    }

    @Test
    void endsFilesThatCameBackWithTheirDirectory() throws InterruptedException {
        world.blobs().setProperties(new BlobServiceProperties()
            .setDeleteRetentionPolicy(new BlobRetentionPolicy().setEnabled(true).setDays(2)));
        lake.createFile("d/a").scheduleDeletion(new FileScheduleDeletionOptions(Duration.ofMillis(700), FileExpirationOffset.NOW));
        lake.createFile("d/b");
        lake.getDirectoryClient("d").deleteRecursively();
        awaitEnd(OffsetDateTime.now().plusNanos(800_000_000));
        String deletion = lake.listDeletedPaths().stream().findFirst().orElseThrow().getDeletionId();
        lake.undeletePath("d", deletion);
        assertThat(lake.getDirectoryClient("d").listPaths().stream().map(PathItem::getName)).containsExactly("d/b");
    }

    @Test
    void refusesTimesThatMeanNothing() {
        DataLakeFileClient file = lake.createFile("a");
        assertCode(() -> file.scheduleDeletion(new FileScheduleDeletionOptions(OffsetDateTime.now().minusDays(1))), 400,
            "InvalidHeaderValue");
        assertCode(() -> lake.getFileClient("none").scheduleDeletion(new FileScheduleDeletionOptions(NEXT_YEAR)), 404, "BlobNotFound");
        lake.createDirectory("d");
        assertCode(() -> lake.getFileClient("d").scheduleDeletion(new FileScheduleDeletionOptions(NEXT_YEAR)), 409,
            "OperationNotSupportedOnDirectory");
        assertThat(expiry(file)).isNull();
    }

    @Test
    void keepsTheContextOfEncryption() {
        DataLakeFileClient file = lake.getFileClient("a");
        file.createWithResponse(new DataLakePathCreateOptions().setEncryptionContext("key 7"), null, Context.NONE);
        assertThat(file.getProperties().getEncryptionContext()).isEqualTo("key 7");
        assertThat(lake.listPaths().stream().map(PathItem::getEncryptionContext)).containsExactly("key 7");
    }

    @Test
    void makesFilesUnderALease() {
        String lease = "c3a4f7d2-1111-4222-8333-abcdefabcdef";
        DataLakeFileClient file = lake.getFileClient("a");
        file.createWithResponse(new DataLakePathCreateOptions().setProposedLeaseId(lease).setLeaseDuration(60), null, Context.NONE);
        assertThat(file.getProperties().getLeaseStatus().toString()).isEqualTo("locked");
        assertCode(() -> file.upload(BinaryData.fromString("x"), true), 412, "LeaseIdMissing");
        assertCode(() -> lake.getFileClient("b").createWithResponse(new DataLakePathCreateOptions().setProposedLeaseId(lease)
            .setLeaseDuration(3), null, Context.NONE), 400, "InvalidHeaderValue");
        assertThat(lake.getFileClient("b").exists()).isFalse();
    }
}
