package io.lazuli.storage.endpoint;

import static io.lazuli.storage.endpoint.TestIdentities.ADA;
import static io.lazuli.storage.endpoint.TestIdentities.READER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpAuthorization;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.PageRange;
import com.azure.storage.blob.models.PublicAccessType;
import com.azure.storage.blob.options.BlobCopyFromUrlOptions;
import com.azure.storage.blob.options.BlobUploadFromUrlOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockFromUrlOptions;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.azure.storage.blob.specialized.PageBlobClient;
import io.lazuli.governance.principal.Principal;
import io.lazuli.storage.content.AccountSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies from one account of the lake to another, whose source is read with a token of its own. */
class SourceAuthorizationTest {
    @TempDir
    private Path folder;

    private StorageWorld world;
    private String source;
    private BlockBlobClient target;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder, Map.of(StorageWorld.FLAT, new AccountSettings(false, false, 0)));
        BlobClient blob = world.container("raw").getBlobClient("a.txt");
        blob.upload(BinaryData.fromString("text"));
        source = blob.getBlobUrl();
        target = world.container(StorageWorld.FLAT, "copies").getBlobClient("copy").getBlockBlobClient();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private HttpAuthorization bearer(Principal principal) {
        return new HttpAuthorization("Bearer", world.identities().token(principal));
    }

    private void copy(HttpAuthorization authorization) {
        target.copyFromUrlWithResponse(new BlobCopyFromUrlOptions(source).setSourceAuthorization(authorization), null, Context.NONE);
    }

    private static void assertRefused(ThrowingCallable call, int status, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BlobStorageException.class, failure -> {
            assertThat(failure.getErrorCode()).hasToString(code);
            assertThat(failure.getStatusCode()).isEqualTo(status);
        });
    }

    @Test
    void readsTheSourceAsWhoeverTheTokenNames() {
        copy(bearer(READER));
        assertThat(target.downloadContent().toString()).isEqualTo("text");
        target.uploadFromUrlWithResponse(new BlobUploadFromUrlOptions(source).setSourceAuthorization(bearer(READER)), null, Context.NONE);
        assertThat(target.downloadContent().toString()).isEqualTo("text");
        target.stageBlockFromUrlWithResponse(
            new BlockBlobStageBlockFromUrlOptions("AAAA", source).setSourceAuthorization(bearer(READER)), null, Context.NONE);
        target.commitBlockList(List.of("AAAA"), true);
        assertThat(target.downloadContent().toString()).isEqualTo("text");
    }

    @Test
    void refusesTokensThatDoNotReachTheSource() {
        assertRefused(() -> target.copyFromUrl(source), 401, "CannotVerifyCopySource");
        assertRefused(() -> copy(bearer(ADA)), 403, "CannotVerifyCopySource");
        assertRefused(() -> copy(new HttpAuthorization("Bearer", "no.token.at-all")), 401, "CannotVerifyCopySource");
        assertRefused(() -> copy(new HttpAuthorization("Basic", "YWRhOmFkYQ==")), 400, "InvalidHeaderValue");
        assertThat(target.exists()).isFalse();
        assertThat(world.identities().security().audit().read()).extracting(event -> event.code())
            .containsExactly("CannotVerifyCopySource", "CannotVerifyCopySource", "CannotVerifyCopySource");
    }

    @Test
    void onlyAnAsynchronousCopyReadsItsOwnAccountByItself() {
        BlobContainerClient container = world.container("raw");
        BlockBlobClient copy = container.getBlobClient("copy").getBlockBlobClient();
        assertRefused(() -> copy.copyFromUrl(source), 401, "CannotVerifyCopySource");
        assertRefused(() -> copy.uploadFromUrl(source), 401, "CannotVerifyCopySource");
        assertRefused(() -> copy.stageBlockFromUrl("AAAA", source, null), 401, "CannotVerifyCopySource");
        AppendBlobClient log = container.getBlobClient("log").getAppendBlobClient();
        log.create();
        assertRefused(() -> log.appendBlockFromUrl(source, null), 401, "CannotVerifyCopySource");
        PageBlobClient disk = container.getBlobClient("disk").getPageBlobClient();
        disk.create(512);
        assertRefused(() -> disk.uploadPagesFromUrl(new PageRange().setStart(0).setEnd(511), source, 0L), 401, "CannotVerifyCopySource");
        assertThat(copy.exists()).isFalse();
        copy.beginCopy(source, null).waitForCompletion();
        assertThat(copy.downloadContent().toString()).isEqualTo("text");
        copy.uploadFromUrl(StorageWorld.signed(container.getBlobClient("a.txt")), true);
        container.setAccessPolicy(PublicAccessType.BLOB, null);
        copy.copyFromUrl(source);
        assertThat(copy.downloadContent().toString()).isEqualTo("text");
    }

    @Test
    void refusesSignaturesThatDoNotReachTheSource() {
        assertRefused(() -> target.copyFromUrl(source + "?sv=2023-11-03&sr=b&sp=r&se=2099-01-01T00%3A00%3A00Z&sig=AAAA"), 403,
            "CannotVerifyCopySource");
    }
}
