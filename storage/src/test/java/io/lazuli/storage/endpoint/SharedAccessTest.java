package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobAccessPolicy;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobSignedIdentifier;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.LeaseStateType;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.blob.specialized.BlobLeaseClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedAccessTest {
    private static final OffsetDateTime LATER = OffsetDateTime.now().plusHours(1);

    @TempDir
    private Path folder;

    private StorageWorld world;
    private BlobContainerClient container;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
        container = world.container("raw");
        container.getBlobClient("a b/ü.txt").upload(BinaryData.fromString("text"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private BlobServiceClient with(String signature) {
        return new BlobServiceClientBuilder().endpoint(world.url()).sasToken(signature).retryOptions(StorageWorld.once()).buildClient();
    }

    private BlobContainerClient raw(String signature) {
        return with(signature).getBlobContainerClient("raw");
    }

    private static void assertCode(ThrowingCallable call, BlobErrorCode code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BlobStorageException.class, failure -> {
            assertThat(failure.getErrorCode()).isEqualTo(code);
            assertThat(failure.getStatusCode()).isEqualTo(403);
        });
    }

    @Test
    void aBlobsSignatureIsForThatBlob() {
        String signature = container.getBlobClient("a b/ü.txt")
            .generateSas(new BlobServiceSasSignatureValues(LATER, new BlobSasPermission().setReadPermission(true)));
        BlobContainerClient reader = raw(signature);
        assertThat(reader.getBlobClient("a b/ü.txt").downloadContent().toString()).isEqualTo("text");
        assertCode(() -> reader.getBlobClient("other").downloadContent(), BlobErrorCode.AUTHENTICATION_FAILED);
        assertCode(() -> reader.getBlobClient("a b/ü.txt").upload(BinaryData.fromString("x"), true),
            BlobErrorCode.AUTHORIZATION_PERMISSION_MISMATCH);
        assertCode(() -> reader.getBlobClient("a b/ü.txt").delete(), BlobErrorCode.AUTHORIZATION_PERMISSION_MISMATCH);
    }

    @Test
    void aContainersSignatureIsForItsBlobsAndTheirList() {
        String signature = container.generateSas(new BlobServiceSasSignatureValues(LATER,
            new BlobContainerSasPermission().setReadPermission(true).setListPermission(true).setCreatePermission(true)));
        BlobContainerClient reader = raw(signature);
        assertThat(reader.listBlobs()).extracting(BlobItem::getName).containsExactly("a b", "a b/ü.txt");
        reader.getBlobClient("new").upload(BinaryData.fromString("x"));
        assertCode(() -> reader.getBlobClient("new").upload(BinaryData.fromString("y"), true), BlobErrorCode.UNAUTHORIZED_BLOB_OVERWRITE);
        assertThat(reader.getBlobClient("new").downloadContent().toString()).isEqualTo("x");
        assertCode(reader::delete, BlobErrorCode.AUTHORIZATION_FAILURE);
    }

    @Test
    void anAccountsSignatureIsForItsServices() {
        String signature = world.blobs().generateAccountSas(new AccountSasSignatureValues(LATER,
            AccountSasPermission.parse("rwlc"), AccountSasService.parse("b"), AccountSasResourceType.parse("sco")));
        BlobServiceClient client = with(signature);
        client.createBlobContainer("made");
        assertThat(client.listBlobContainers()).extracting(item -> item.getName()).containsExactly("made", "raw");
        assertThat(client.getBlobContainerClient("raw").getBlobClient("a b/ü.txt").downloadContent().toString()).isEqualTo("text");
        assertCode(() -> client.deleteBlobContainer("made"), BlobErrorCode.AUTHORIZATION_PERMISSION_MISMATCH);
    }

    @Test
    void whoMayDeleteMayBreakLeases() {
        BlobLeaseClient taken = new BlobLeaseClientBuilder().blobClient(container.getBlobClient("a b/ü.txt")).buildClient();
        taken.acquireLease(-1);
        BlobLeaseClient breaking = new BlobLeaseClientBuilder().blobClient(raw(container.generateSas(new BlobServiceSasSignatureValues(
            LATER, new BlobContainerSasPermission().setDeletePermission(true)))).getBlobClient("a b/ü.txt")).buildClient();
        assertCode(() -> breaking.acquireLease(15), BlobErrorCode.AUTHORIZATION_PERMISSION_MISMATCH);
        breaking.breakLease();
        assertThat(container.getBlobClient("a b/ü.txt").getProperties().getLeaseState()).isEqualTo(LeaseStateType.BROKEN);
    }

    @Test
    void endsInTime() {
        String signature = container.generateSas(new BlobServiceSasSignatureValues(OffsetDateTime.now().minusMinutes(1),
            new BlobContainerSasPermission().setReadPermission(true)));
        assertCode(() -> raw(signature).getBlobClient("a b/ü.txt").downloadContent(), BlobErrorCode.AUTHENTICATION_FAILED);
    }

    @Test
    void followsStoredPolicies() {
        BlobSignedIdentifier readers = new BlobSignedIdentifier().setId("readers")
            .setAccessPolicy(new BlobAccessPolicy().setExpiresOn(LATER).setPermissions("r"));
        container.setAccessPolicy(null, List.of(readers));
        BlobContainerClient reader = raw(container.generateSas(new BlobServiceSasSignatureValues("readers")));
        assertThat(reader.getBlobClient("a b/ü.txt").downloadContent().toString()).isEqualTo("text");
        container.setAccessPolicy(null, List.of());
        assertCode(() -> reader.getBlobClient("a b/ü.txt").downloadContent(), BlobErrorCode.AUTHENTICATION_FAILED);
    }

    private void upload(BlobContainerSasPermission permission, BlobParallelUploadOptions options) {
        String signature = container.generateSas(new BlobServiceSasSignatureValues(LATER, permission.setWritePermission(true)));
        raw(signature).getBlobClient("new").uploadWithResponse(options, null, Context.NONE);
    }

    @Test
    void tagsAndLegalHoldsNeedPermissionsOfTheirOwn() {
        BinaryData text = BinaryData.fromString("x");
        BlobParallelUploadOptions tagged = new BlobParallelUploadOptions(text).setTags(Map.of("k", "v"));
        BlobParallelUploadOptions held = new BlobParallelUploadOptions(text).setLegalHold(true);
        assertCode(() -> upload(new BlobContainerSasPermission(), tagged), BlobErrorCode.AUTHORIZATION_PERMISSION_MISMATCH);
        assertCode(() -> upload(new BlobContainerSasPermission(), held), BlobErrorCode.AUTHORIZATION_PERMISSION_MISMATCH);
        assertThat(container.getBlobClient("new").exists()).isFalse();
        upload(new BlobContainerSasPermission().setTagsPermission(true), tagged);
        assertThat(container.getBlobClient("new").getTags()).isEqualTo(Map.of("k", "v"));
        upload(new BlobContainerSasPermission().setImmutabilityPolicyPermission(true), held);
        assertThat(container.getBlobClient("new").getProperties().hasLegalHold()).isTrue();
    }
}
