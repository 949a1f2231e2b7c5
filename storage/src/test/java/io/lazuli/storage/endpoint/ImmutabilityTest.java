package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.AccessTier;
import com.azure.storage.blob.models.BlobImmutabilityPolicy;
import com.azure.storage.blob.models.BlobImmutabilityPolicyMode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.models.PageRange;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.blob.specialized.BlobClientBase;
import com.azure.storage.blob.specialized.PageBlobClient;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.DataLakeServiceClientBuilder;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import io.lazuli.storage.content.AccountSettings;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Immutability policies and legal holds, as Azure's own clients see them. */
class ImmutabilityTest {
    private static final String POLICY = "BlobImmutableDueToPolicy";
    private static final String HOLD = "BlobImmutableDueToLegalHold";
    private static final OffsetDateTime TOMORROW = OffsetDateTime.now(ZoneOffset.UTC).plusDays(1).truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    private Path folder;

    private StorageWorld world;
    private BlobContainerClient container;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder, Map.of(StorageWorld.FLAT, new AccountSettings(false, true, 0)));
        container = world.container("raw");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static BlobImmutabilityPolicy policy(OffsetDateTime until, BlobImmutabilityPolicyMode mode) {
        return new BlobImmutabilityPolicy().setExpiryTime(until).setPolicyMode(mode);
    }

    private static BlobImmutabilityPolicy unlocked() {
        return policy(TOMORROW, BlobImmutabilityPolicyMode.UNLOCKED);
    }

    private static BlobClient put(BlobContainerClient container, String name) {
        BlobClient blob = container.getBlobClient(name);
        blob.upload(BinaryData.fromString("text"), true);
        return blob;
    }

    private BlobClient put(String name) {
        return put(container, name);
    }

    private DataLakeFileSystemClient lake() {
        return new DataLakeServiceClientBuilder().endpoint(world.url()).credential(world.credential())
            .retryOptions(StorageWorld.once()).buildClient().getFileSystemClient("raw");
    }

    private static void assertRefused(String code, ThrowingCallable action) {
        assertThatThrownBy(action).satisfiesAnyOf(
            failure -> assertThat(failure).isInstanceOfSatisfying(BlobStorageException.class,
                blob -> assertThat(blob.getStatusCode() + " " + blob.getErrorCode()).isEqualTo("409 " + code)),
            failure -> assertThat(failure).isInstanceOfSatisfying(DataLakeStorageException.class,
                lake -> assertThat(lake.getStatusCode() + " " + lake.getErrorCode()).isEqualTo("409 " + code)));
    }

    @Test
    void keepsAndShowsAPolicyAndAHold() {
        BlobClient blob = put("a.txt");
        String before = blob.getProperties().getETag();
        assertThat(blob.setImmutabilityPolicy(unlocked()).getExpiryTime()).isEqualTo(TOMORROW);
        assertThat(blob.setLegalHold(true).hasLegalHold()).isTrue();
        stop();
        start();
        blob = container.getBlobClient("a.txt");
        assertThat(blob.getProperties().getETag()).isEqualTo(before);
        assertThat(blob.getProperties().getImmutabilityPolicy()).usingRecursiveComparison().isEqualTo(unlocked());
        assertThat(blob.getProperties().hasLegalHold()).isTrue();
        ListBlobsOptions all = new ListBlobsOptions()
            .setDetails(new BlobListDetails().setRetrieveImmutabilityPolicy(true).setRetrieveLegalHold(true));
        BlobItem listed = container.listBlobs(all, null).stream().toList().getFirst();
        assertThat(listed.getProperties().getImmutabilityPolicy()).usingRecursiveComparison().isEqualTo(unlocked());
        assertThat(listed.getProperties().hasLegalHold()).isTrue();
        assertThat(container.getProperties().hasImmutabilityPolicy()).isTrue();
        assertThat(container.getProperties().hasLegalHold()).isTrue();
        blob.deleteImmutabilityPolicy();
        blob.setLegalHold(false);
        assertThat(blob.getProperties().getImmutabilityPolicy().getExpiryTime()).isNull();
        assertThat(container.getProperties().hasImmutabilityPolicy()).isFalse();
        assertThat(container.getProperties().hasLegalHold()).isFalse();
        blob.delete();
    }

    @Test
    void refusesEveryChangeOfWhatAPolicyKeeps() {
        BlobClient blob = put("a.txt");
        BlobClient other = put("b.txt");
        blob.setImmutabilityPolicy(unlocked());
        List<ThrowingCallable> changes = List.of(
            () -> put("a.txt"),
            () -> blob.getBlockBlobClient().commitBlockList(List.of(), true),
            () -> blob.copyFromUrl(StorageWorld.signed(other)),
            blob::delete,
            () -> blob.setMetadata(Map.of("a", "b")),
            () -> blob.setHttpHeaders(null),
            () -> lake().getFileClient("a.txt").delete(),
            () -> lake().getFileClient("a.txt").setMetadata(Map.of("a", "b")),
            () -> lake().getFileClient("a.txt").rename(null, "c.txt"),
            () -> lake().getFileClient("b.txt").rename(null, "a.txt"),
            () -> lake().getFileClient("a.txt").create(true),
            () -> {
                lake().getFileClient("a.txt").append(BinaryData.fromString("more"), 4);
                lake().getFileClient("a.txt").flush(8, true);
            },
            container::delete);
        changes.forEach(change -> assertRefused(POLICY, change));
        assertThat(blob.downloadContent().toString()).isEqualTo("text");
        assertThat(other.downloadContent().toString()).isEqualTo("text");
        blob.setTags(Map.of("a", "b"));
        blob.setAccessTier(AccessTier.COOL);
        blob.deleteImmutabilityPolicy();
        put("a.txt");
        blob.delete();
    }

    @Test
    void refusesEveryChangeOfWhatAHoldKeeps() {
        AppendBlobClient log = container.getBlobClient("log.txt").getAppendBlobClient();
        log.create();
        container.getBlobClient("log.txt").setLegalHold(true);
        assertRefused(HOLD, () -> log.appendBlock(new ByteArrayInputStream(new byte[3]), 3));
        assertRefused(HOLD, log::delete);
        assertRefused(HOLD, () -> log.create(true));
        assertRefused(HOLD, container::delete);
        assertThat(log.getProperties().getBlobSize()).isZero();
        container.getBlobClient("log.txt").setLegalHold(false);
        log.appendBlock(new ByteArrayInputStream(new byte[3]), 3);
        assertThat(log.getProperties().getBlobSize()).isEqualTo(3);
    }

    @Test
    void refusesPageWrites() {
        PageBlobClient pages = container.getBlobClient("disk.vhd").getPageBlobClient();
        pages.create(1024);
        container.getBlobClient("disk.vhd").setImmutabilityPolicy(unlocked());
        PageRange first = new PageRange().setStart(0).setEnd(511);
        assertRefused(POLICY, () -> pages.uploadPages(first, new ByteArrayInputStream(new byte[512])));
        assertRefused(POLICY, () -> pages.clearPages(first));
        assertRefused(POLICY, () -> pages.resize(512));
        container.getBlobClient("disk.vhd").deleteImmutabilityPolicy();
        pages.uploadPages(first, new ByteArrayInputStream(new byte[512]));
    }

    @Test
    void keepsDirectoriesThatHoldSomethingImmutable() {
        BlobClient blob = put("in/deep/a.txt");
        put("in/b.txt");
        blob.setLegalHold(true);
        assertRefused(HOLD, () -> lake().getDirectoryClient("in").deleteRecursively());
        assertRefused(HOLD, () -> lake().getDirectoryClient("in").rename(null, "out"));
        assertThat(container.listBlobs().stream().map(BlobItem::getName)).contains("in/b.txt", "in/deep/a.txt");
        blob.setLegalHold(false);
        lake().getDirectoryClient("in").rename(null, "out");
        lake().getDirectoryClient("out").deleteRecursively();
    }

    @Test
    void lockedPoliciesCanOnlyBeExtended() {
        BlobClient blob = put("a.txt");
        blob.setImmutabilityPolicy(unlocked());
        blob.setImmutabilityPolicy(policy(TOMORROW.minusHours(1), BlobImmutabilityPolicyMode.UNLOCKED));
        blob.setImmutabilityPolicy(policy(TOMORROW, BlobImmutabilityPolicyMode.LOCKED));
        assertRefused("ImmutabilityPolicyDeleteOnLockedPolicy", blob::deleteImmutabilityPolicy);
        assertRefused(POLICY, () -> blob.setImmutabilityPolicy(policy(TOMORROW.minusHours(1), BlobImmutabilityPolicyMode.LOCKED)));
        assertRefused(POLICY, () -> blob.setImmutabilityPolicy(policy(TOMORROW.plusHours(1), BlobImmutabilityPolicyMode.UNLOCKED)));
        BlobImmutabilityPolicy longer = policy(TOMORROW.plusHours(1), BlobImmutabilityPolicyMode.LOCKED);
        blob.setImmutabilityPolicy(longer);
        assertThat(blob.getProperties().getImmutabilityPolicy()).usingRecursiveComparison().isEqualTo(longer);
    }

    @Test
    void refusesPoliciesThatMakeNoSense() {
        BlobClient blob = put("a.txt");
        assertThatThrownBy(() -> blob.setImmutabilityPolicy(policy(TOMORROW.minusDays(2), BlobImmutabilityPolicyMode.UNLOCKED)))
            .isInstanceOfSatisfying(BlobStorageException.class,
                failure -> assertThat(failure.getErrorCode().toString()).isEqualTo("InvalidHeaderValue"));
        BlobRequestConditions old = new BlobRequestConditions().setIfUnmodifiedSince(TOMORROW.minusDays(3));
        assertThatThrownBy(() -> blob.setImmutabilityPolicyWithResponse(unlocked(), old, null, Context.NONE))
            .isInstanceOfSatisfying(BlobStorageException.class, failure -> assertThat(failure.getStatusCode()).isEqualTo(412));
        assertThat(blob.getProperties().getImmutabilityPolicy().getExpiryTime()).isNull();
    }

    @Test
    void setsThemWithUploadsAndOnSnapshots() {
        BlobClient blob = container.getBlobClient("a.txt");
        blob.uploadWithResponse(new BlobParallelUploadOptions(BinaryData.fromString("text")).setImmutabilityPolicy(unlocked())
            .setLegalHold(true), null, Context.NONE);
        assertThat(blob.getProperties().getImmutabilityPolicy()).usingRecursiveComparison().isEqualTo(unlocked());
        assertRefused(HOLD, blob::delete);
        blob.setLegalHold(false);
        blob.deleteImmutabilityPolicy();
        BlobClientBase snapshot = blob.createSnapshot();
        snapshot.setLegalHold(true);
        assertRefused(HOLD, snapshot::delete);
        assertRefused(HOLD, () -> blob.deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, null, null, null));
        assertRefused(HOLD, () -> lake().getFileClient("a.txt").rename(null, "b.txt"));
        snapshot.setLegalHold(false);
        blob.deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, null, null, null);
        assertThat(blob.exists()).isFalse();
    }

    @Test
    void overwritingLeavesAnImmutableVersion() {
        BlobContainerClient versioned = world.container(StorageWorld.FLAT, "raw");
        BlobClient blob = put(versioned, "a.txt");
        String first = blob.getProperties().getVersionId();
        blob.setImmutabilityPolicy(unlocked());
        assertRefused(POLICY, () -> blob.setMetadata(Map.of("a", "b")));
        assertRefused(POLICY, blob::delete);
        put(versioned, "a.txt");
        assertThat(blob.getProperties().getImmutabilityPolicy().getExpiryTime()).isNull();
        BlobClient version = blob.getVersionClient(first);
        assertThat(version.getProperties().getImmutabilityPolicy()).usingRecursiveComparison().isEqualTo(unlocked());
        blob.setLegalHold(true);
        assertRefused(HOLD, blob::delete);
        blob.setLegalHold(false);
        blob.delete();
        assertRefused(POLICY, version::delete);
        assertRefused(POLICY, versioned::delete);
        version.deleteImmutabilityPolicy();
        assertThatCode(version::delete).doesNotThrowAnyException();
        versioned.delete();
    }
}
