package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.batch.BlobBatchClientBuilder;
import com.azure.storage.blob.models.AccessTier;
import com.azure.storage.blob.models.ArchiveStatus;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItemProperties;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.RehydratePriority;
import com.azure.storage.blob.options.BlobBeginCopyOptions;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.azure.storage.blob.options.BlobSetAccessTierOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access tiers of blobs, as Azure's own client sees them. */
class BlobTiersTest {
    private static final Duration LONG = Duration.ofHours(10);

    @TempDir
    private Path folder;

    private StorageWorld world;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder, LONG);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void restart(Duration rehydration) {
        world.close();
        world = new StorageWorld(folder, rehydration);
    }

    private BlobClient blob(String name) {
        return world.container("raw").getBlobClient(name);
    }

    private BlobClient archived(String name) {
        BlobClient blob = blob(name);
        blob.uploadWithResponse(new BlobParallelUploadOptions(BinaryData.fromString(name)).setTier(AccessTier.ARCHIVE), null, Context.NONE);
        return blob;
    }

    private static int setTier(BlobClient blob, AccessTier tier, RehydratePriority priority) {
        return blob.setAccessTierWithResponse(new BlobSetAccessTierOptions(tier).setPriority(priority), null, Context.NONE).getStatusCode();
    }

    private static void assertCode(ThrowingCallable call, int status, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BlobStorageException.class, failure -> {
            assertThat(failure.getErrorCode()).isEqualTo(BlobErrorCode.fromString(code));
            assertThat(failure.getStatusCode()).isEqualTo(status);
        });
    }

    @Test
    void changesBetweenOnlineTiersAtOnce() {
        BlobClient blob = blob("a");
        blob.upload(BinaryData.fromString("x"));
        BlobProperties before = blob.getProperties();
        assertThat(before.getAccessTier()).isEqualTo(AccessTier.HOT);
        assertThat(before.isAccessTierInferred()).isTrue();
        for (AccessTier tier : List.of(AccessTier.COOL, AccessTier.COLD, AccessTier.HOT)) {
            assertThat(setTier(blob, tier, null)).isEqualTo(200);
            BlobProperties after = blob.getProperties();
            assertThat(after.getAccessTier()).isEqualTo(tier);
            assertThat(after.isAccessTierInferred()).isNull();
            assertThat(after.getAccessTierChangeTime()).isNotNull();
            assertThat(after.getETag()).isEqualTo(before.getETag());
        }
        assertCode(() -> setTier(blob, AccessTier.P10, null), 400, "InvalidHeaderValue");
        assertThat(blob.downloadContent().toString()).isEqualTo("x");
    }

    @Test
    void keepsArchivedBlobsOutOfReach() {
        BlobClient blob = archived("a");
        assertCode(blob::downloadContent, 409, "BlobArchived");
        assertCode(() -> blob.upload(BinaryData.fromString("y"), true), 409, "BlobArchived");
        assertCode(() -> blob.setMetadata(Map.of("k", "v")), 409, "BlobArchived");
        assertCode(() -> blob.setHttpHeaders(null), 409, "BlobArchived");
        assertCode(blob::createSnapshot, 409, "BlobArchived");
        assertCode(() -> blob("b").copyFromUrl(StorageWorld.signed(blob)), 409, "BlobArchived");
        blob.setTags(Map.of("k", "v"));
        assertThat(blob.getProperties().getBlobSize()).isEqualTo(1);
        assertThat(world.container("raw").listBlobs().iterator().next().getProperties().getAccessTier()).isEqualTo(AccessTier.ARCHIVE);
        blob.delete();
        assertThat(blob.exists()).isFalse();
    }

    @Test
    void rehydratesAfterAWhile() {
        BlobClient blob = archived("a");
        assertThat(setTier(blob, AccessTier.COOL, RehydratePriority.STANDARD)).isEqualTo(202);
        BlobProperties pending = blob.getProperties();
        assertThat(pending.getAccessTier()).isEqualTo(AccessTier.ARCHIVE);
        assertThat(pending.getArchiveStatus()).isEqualTo(ArchiveStatus.REHYDRATE_PENDING_TO_COOL);
        assertThat(pending.getRehydratePriority()).isEqualTo(RehydratePriority.STANDARD);
        BlobItemProperties listed = world.container("raw").listBlobs().iterator().next().getProperties();
        assertThat(listed.getArchiveStatus()).isEqualTo(ArchiveStatus.REHYDRATE_PENDING_TO_COOL);
        assertCode(blob::downloadContent, 409, "BlobArchived");
        assertCode(() -> setTier(blob, AccessTier.HOT, null), 409, "BlobBeingRehydrated");
        restart(Duration.ZERO);
        BlobClient again = blob("a");
        assertThat(again.getProperties().getArchiveStatus()).isEqualTo(ArchiveStatus.REHYDRATE_PENDING_TO_COOL);
        assertThat(setTier(again, AccessTier.COOL, RehydratePriority.HIGH)).isEqualTo(202);
        BlobProperties arrived = again.getProperties();
        assertThat(arrived.getAccessTier()).isEqualTo(AccessTier.COOL);
        assertThat(arrived.getArchiveStatus()).isNull();
        assertThat(arrived.getRehydratePriority()).isNull();
        assertThat(again.downloadContent().toString()).isEqualTo("a");
    }

    @Test
    void copiesFromTheArchiveIntoAnotherTier() {
        BlobClient source = archived("a");
        assertCode(() -> blob("b").beginCopy(source.getBlobUrl(), null), 409, "BlobArchived");
        BlobClient copy = blob("c");
        copy.beginCopy(new BlobBeginCopyOptions(source.getBlobUrl()).setTier(AccessTier.HOT).setRehydratePriority(RehydratePriority.HIGH))
            .waitForCompletion();
        BlobProperties pending = copy.getProperties();
        assertThat(pending.getAccessTier()).isEqualTo(AccessTier.ARCHIVE);
        assertThat(pending.getArchiveStatus()).isEqualTo(ArchiveStatus.REHYDRATE_PENDING_TO_HOT);
        assertThat(pending.getRehydratePriority()).isEqualTo(RehydratePriority.HIGH);
        restart(Duration.ZERO);
        setTier(blob("d"), "a");
        assertThat(blob("d").downloadContent().toString()).isEqualTo("a");
    }

    private void setTier(BlobClient copy, String source) {
        copy.beginCopy(new BlobBeginCopyOptions(blob(source).getBlobUrl()).setTier(AccessTier.COLD)).waitForCompletion();
    }

    @Test
    void copiesIntoTheTierThatIsNamed() {
        blob("a").upload(BinaryData.fromString("x"));
        blob("a").setAccessTier(AccessTier.COOL);
        setTier(blob("b"), "a");
        assertThat(blob("b").getProperties().getAccessTier()).isEqualTo(AccessTier.COLD);
        blob("c").beginCopy(blob("a").getBlobUrl(), null).waitForCompletion();
        assertThat(blob("c").getProperties().isAccessTierInferred()).isTrue();
    }

    @Test
    void setsTiersInBatches() {
        archived("a");
        blob("b").upload(BinaryData.fromString("x"));
        new BlobBatchClientBuilder(world.blobs()).buildClient()
            .setBlobsAccessTier(List.of(blob("a").getBlobUrl(), blob("b").getBlobUrl()), AccessTier.COOL).forEach(answer -> { });
        assertThat(blob("a").getProperties().getArchiveStatus()).isEqualTo(ArchiveStatus.REHYDRATE_PENDING_TO_COOL);
        assertThat(blob("b").getProperties().getAccessTier()).isEqualTo(AccessTier.COOL);
    }
}
