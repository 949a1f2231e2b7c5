package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.file.datalake.DataLakeDirectoryClient;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.models.DataLakeRequestConditions;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import com.azure.storage.file.datalake.models.LeaseStatusType;
import com.azure.storage.file.datalake.models.PathHttpHeaders;
import com.azure.storage.file.datalake.models.PathPermissions;
import com.azure.storage.file.datalake.options.DataLakePathCreateOptions;
import com.azure.storage.file.datalake.specialized.DataLakeLeaseClient;
import com.azure.storage.file.datalake.specialized.DataLakeLeaseClientBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories as the Blob endpoint has them: metadata, and deleting those that are empty. */
class DirectoryMetadataTest {
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

    private BlobClient blob(String path) {
        return world.container("lake").getBlobClient(path);
    }

    private static void assertBlobCode(ThrowingCallable call, int status, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BlobStorageException.class, failure -> {
            assertThat(failure.getErrorCode().toString()).isEqualTo(code);
            assertThat(failure.getStatusCode()).isEqualTo(status);
        });
    }

    /** Those who take a directory for a lock rely on it, on either endpoint. */
    @Test
    void oneAloneMakesADirectoryThatMustNotBeThere() throws Exception {
        try (SignedRequests requests = new SignedRequests(world, StorageWorld.ACCOUNT);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 60; round++) {
                boolean path = round % 2 == 0;
                String url = "/lake/lock" + round + (path ? "?resource=directory" : "");
                String[] headers = path ? new String[] {"If-None-Match", "*"}
                    : new String[] {"If-None-Match", "*", "x-ms-blob-type", "BlockBlob", "x-ms-meta-hdi_isfolder", "true"};
                List<String> outcomes = new ArrayList<>();
                Callable<String> making = () -> requests.outcome("PUT", url, "", headers);
                for (Future<String> made : threads.invokeAll(Collections.nCopies(8, making))) {
                    outcomes.add(made.get());
                }
                assertThat(outcomes).containsOnlyOnce("201")
                    .containsOnly("201", path ? "409 PathAlreadyExists" : "409 BlobAlreadyExists");
            }
        }
    }

    @Test
    void setsMetadataOfADirectory() {
        DataLakeDirectoryClient directory = lake.createDirectory("d");
        String before = directory.getProperties().getETag();
        directory.setMetadata(Map.of("team", "sales"));
        assertThat(directory.getProperties().getMetadata())
            .containsExactlyInAnyOrderEntriesOf(Map.of("team", "sales", "hdi_isfolder", "true"));
        assertThat(directory.getProperties().getETag()).isNotEqualTo(before);
        directory.createFile("1.txt");
        directory.setMetadata(Map.of());
        assertThat(directory.getProperties().getMetadata()).containsExactlyEntriesOf(Map.of("hdi_isfolder", "true"));
    }

    @Test
    void keepsMetadataOfADirectoryThatHasChangedMeanwhile() {
        DataLakeDirectoryClient directory = lake.createDirectory("d");
        DataLakeRequestConditions old = new DataLakeRequestConditions().setIfMatch(directory.getProperties().getETag());
        directory.setMetadataWithResponse(Map.of("k", "1"), old, null, Context.NONE);
        assertThatThrownBy(() -> directory.setMetadataWithResponse(Map.of("k", "2"), old, null, Context.NONE))
            .isInstanceOfSatisfying(DataLakeStorageException.class, failure -> assertThat(failure.getStatusCode()).isEqualTo(412));
        assertThat(directory.getProperties().getMetadata()).containsEntry("k", "1");
    }

    @Test
    void findsNoMetadataOfWhatIsNotThere() {
        assertBlobCode(() -> blob("none").setMetadata(Map.of("k", "v")), 404, "BlobNotFound");
    }

    @Test
    void deletesEmptyDirectoriesByTheBlobEndpoint() {
        lake.createDirectory("d").createFile("1.txt");
        assertBlobCode(() -> blob("d").delete(), 409, "DirectoryIsNotEmpty");
        blob("d/1.txt").delete();
        assertThat(blob("d").deleteWithResponse(null, null, null, Context.NONE).getStatusCode()).isEqualTo(202);
        assertThat(lake.getDirectoryClient("d").exists()).isFalse();
        assertBlobCode(() -> blob("d").delete(), 404, "BlobNotFound");
    }

    private static PathHttpHeaders typed(String type) {
        return new PathHttpHeaders().setContentType(type).setContentLanguage("de");
    }

    @Test
    void keepsHeadersOfADirectory() {
        DataLakeDirectoryClient directory = lake.getDirectoryClient("d");
        directory.createWithResponse(new DataLakePathCreateOptions().setPathHttpHeaders(typed("text/x-first")), null, Context.NONE);
        assertThat(directory.getProperties().getContentType()).isEqualTo("text/x-first");
        String before = directory.getProperties().getETag();
        directory.setHttpHeaders(typed("text/x-second"));
        assertThat(directory.getProperties().getContentType()).isEqualTo("text/x-second");
        assertThat(directory.getProperties().getContentLanguage()).isEqualTo("de");
        assertThat(directory.getProperties().getETag()).isNotEqualTo(before);
        directory.setHttpHeaders(null);
        assertThat(directory.getProperties().getContentType()).isNull();
    }

    private static void assertCode(ThrowingCallable call, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DataLakeStorageException.class, failure -> {
            assertThat(failure.getErrorCode()).isEqualTo(code);
            assertThat(failure.getStatusCode()).isEqualTo(412);
        });
    }

    private static DataLakeRequestConditions when(String etag) {
        return new DataLakeRequestConditions().setIfMatch(etag);
    }

    @Test
    void changesMovesAndDeletesADirectoryOnlyAsItWasSeen() {
        DataLakeDirectoryClient directory = lake.createDirectory("d");
        String old = directory.getProperties().getETag();
        directory.setMetadata(Map.of("k", "1"));
        String now = directory.getProperties().getETag();
        assertCode(() -> directory.createWithResponse(new DataLakePathCreateOptions().setRequestConditions(when(old)), null, Context.NONE),
            "ConditionNotMet");
        assertCode(() -> lake.getDirectoryClient("none").createWithResponse(
            new DataLakePathCreateOptions().setRequestConditions(when(old)), null, Context.NONE), "ConditionNotMet");
        assertCode(() -> directory.setPermissionsWithResponse(PathPermissions.parseOctal("0700"), null, null, when(old), null,
            Context.NONE), "ConditionNotMet");
        assertCode(() -> directory.setHttpHeadersWithResponse(typed("text/plain"), when(old), null, Context.NONE), "ConditionNotMet");
        assertCode(() -> directory.renameWithResponse(null, "e", when(old), null, null, Context.NONE), "SourceConditionNotMet");
        assertCode(() -> directory.renameWithResponse(null, "e", null, when(old), null, Context.NONE), "ConditionNotMet");
        lake.createDirectory("e");
        assertCode(() -> directory.renameWithResponse(null, "e", null, when(old), null, Context.NONE), "ConditionNotMet");
        assertCode(() -> directory.deleteWithResponse(false, when(old), null, Context.NONE), "ConditionNotMet");
        assertThat(directory.getProperties().getETag()).isEqualTo(now);
        DataLakeDirectoryClient moved = directory.renameWithResponse(null, "e", when(now),
            when(lake.getDirectoryClient("e").getProperties().getETag()), null, Context.NONE).getValue();
        assertThat(moved.getProperties().getMetadata()).containsEntry("k", "1");
        moved.deleteWithResponse(false, when(moved.getProperties().getETag()), null, Context.NONE);
        assertThat(moved.exists()).isFalse();
    }

    @Test
    void refusesAnEncryptionContextForADirectory() {
        assertThatThrownBy(() -> lake.getDirectoryClient("d").createWithResponse(
            new DataLakePathCreateOptions().setEncryptionContext("context"), null, Context.NONE))
            .isInstanceOfSatisfying(DataLakeStorageException.class,
                failure -> assertThat(failure.getErrorCode()).isEqualTo("UnsupportedHeader"));
    }

    private static DataLakeRequestConditions holding(String lease) {
        return new DataLakeRequestConditions().setLeaseId(lease);
    }

    @Test
    void leasesADirectory() {
        DataLakeDirectoryClient directory = lake.createDirectory("d");
        DataLakeLeaseClient lease = new DataLakeLeaseClientBuilder().directoryClient(directory).buildClient();
        String id = lease.acquireLease(-1);
        assertThat(directory.getProperties().getLeaseStatus()).isEqualTo(LeaseStatusType.LOCKED);
        assertCode(() -> directory.setMetadata(Map.of("k", "v")), "LeaseIdMissing");
        assertCode(() -> directory.setHttpHeaders(typed("text/plain")), "LeaseIdMissing");
        assertCode(() -> directory.setPermissions(PathPermissions.parseOctal("0700"), null, null), "LeaseIdMissing");
        assertCode(() -> directory.delete(), "LeaseIdMissing");
        assertCode(() -> directory.create(true), "LeaseIdMissing");
        assertCode(() -> directory.rename(null, "e"), "LeaseIdMissing");
        assertCode(() -> directory.getPropertiesWithResponse(holding("00000000-0000-4000-8000-000000000000"), null, Context.NONE),
            "LeaseIdMismatchWithBlobOperation");
        directory.createFile("1.txt");
        directory.setMetadataWithResponse(Map.of("k", "v"), holding(id), null, Context.NONE);
        directory.renameWithResponse(null, "e", holding(id), null, null, Context.NONE);
        DataLakeDirectoryClient moved = lake.getDirectoryClient("e");
        assertThat(moved.getProperties().getLeaseStatus()).isEqualTo(LeaseStatusType.LOCKED);
        DataLakeLeaseClient same = new DataLakeLeaseClientBuilder().directoryClient(moved).leaseId(id).buildClient();
        same.renewLease();
        same.releaseLease();
        assertThat(moved.getProperties().getLeaseStatus()).isEqualTo(LeaseStatusType.UNLOCKED);
        moved.deleteRecursively();
        assertThat(moved.exists()).isFalse();
    }
}
