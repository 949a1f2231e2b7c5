package io.lazuli.storage.endpoint;

import static io.lazuli.storage.endpoint.TestIdentities.ADA;
import static io.lazuli.storage.endpoint.TestIdentities.CONTRIBUTOR;
import static io.lazuli.storage.endpoint.TestIdentities.DELEGATOR;
import static io.lazuli.storage.endpoint.TestIdentities.OWNER;
import static io.lazuli.storage.endpoint.TestIdentities.READER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.UserDelegationKey;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.DataLakePathClientBuilder;
import com.azure.storage.file.datalake.DataLakeServiceClientBuilder;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import com.azure.storage.file.datalake.models.PathAccessControlEntry;
import com.azure.storage.file.datalake.sas.DataLakeServiceSasSignatureValues;
import com.azure.storage.file.datalake.sas.PathSasPermission;
import io.lazuli.governance.principal.Principal;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signatures with keys that principals got for their tokens. */
class UserDelegationTest {
    private static final OffsetDateTime LATER = OffsetDateTime.now().plusHours(1);

    @TempDir
    private Path folder;

    private StorageWorld world;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
        world.container("raw").getBlobClient("dir/a.txt").upload(BinaryData.fromString("text"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private UserDelegationKey key(Principal principal) {
        return world.blobs(principal).getUserDelegationKey(OffsetDateTime.now().minusMinutes(1), LATER);
    }

    private BlobContainerClient raw(String signature) {
        return new BlobServiceClientBuilder().endpoint(world.url()).sasToken(signature).retryOptions(StorageWorld.once()).buildClient()
            .getBlobContainerClient("raw");
    }

    private String container(Principal principal, String permissions) {
        return world.container("raw").generateUserDelegationSas(
            new BlobServiceSasSignatureValues(LATER, BlobContainerSasPermission.parse(permissions)), key(principal));
    }

    private static void assertCode(ThrowingCallable call, BlobErrorCode code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BlobStorageException.class, failure -> {
            assertThat(failure.getErrorCode()).isEqualTo(code);
            assertThat(failure.getStatusCode()).isEqualTo(403);
        });
    }

    @Test
    void givesWhatBothTheSignatureAndTheRoleAllow() {
        assertThat(raw(container(READER, "rl")).getBlobClient("dir/a.txt").downloadContent().toString()).isEqualTo("text");
        assertThat(raw(container(READER, "rl")).listBlobs()).extracting(BlobItem::getName).containsExactly("dir", "dir/a.txt");
        assertCode(() -> raw(container(READER, "rwd")).getBlobClient("dir/a.txt").delete(),
            BlobErrorCode.AUTHORIZATION_PERMISSION_MISMATCH);
        assertCode(() -> raw(container(CONTRIBUTOR, "r")).getBlobClient("dir/a.txt").delete(),
            BlobErrorCode.AUTHORIZATION_PERMISSION_MISMATCH);
        assertCode(() -> raw(container(DELEGATOR, "r")).getBlobClient("dir/a.txt").downloadContent(),
            BlobErrorCode.AUTHORIZATION_PERMISSION_MISMATCH);
        raw(container(CONTRIBUTOR, "d")).getBlobClient("dir/a.txt").delete();
    }

    @Test
    void isForItsBlobAndItsTime() {
        String signature = world.container("raw").getBlobClient("dir/a.txt").generateUserDelegationSas(
            new BlobServiceSasSignatureValues(LATER, new BlobSasPermission().setReadPermission(true)), key(READER));
        assertThat(raw(signature).getBlobClient("dir/a.txt").downloadContent().toString()).isEqualTo("text");
        assertCode(() -> raw(signature).getBlobClient("dir/b.txt").downloadContent(), BlobErrorCode.AUTHENTICATION_FAILED);
        UserDelegationKey changed = key(READER).setSignedExpiry(LATER.plusDays(30));
        String longer = world.container("raw").generateUserDelegationSas(
            new BlobServiceSasSignatureValues(LATER.plusDays(2), BlobContainerSasPermission.parse("r")), changed);
        assertCode(() -> raw(longer).getBlobClient("dir/a.txt").downloadContent(), BlobErrorCode.AUTHENTICATION_FAILED);
        UserDelegationKey stolen = key(READER).setSignedObjectId(OWNER.objectId());
        String forged = world.container("raw").generateUserDelegationSas(
            new BlobServiceSasSignatureValues(LATER, BlobContainerSasPermission.parse("rw")), stolen);
        assertCode(() -> raw(forged).getBlobClient("dir/a.txt").downloadContent(), BlobErrorCode.AUTHENTICATION_FAILED);
    }

    @Test
    void isCorrelatedByAGuid() {
        for (String id : new String[] {"11111111-0000-4000-8000-000000000000", "none"}) {
            String signature = world.container("raw").generateUserDelegationSas(
                new BlobServiceSasSignatureValues(LATER, BlobContainerSasPermission.parse("r")).setCorrelationId(id), key(READER));
            ThrowingCallable read = () -> raw(signature).getBlobClient("dir/a.txt").downloadContent();
            if (id.equals("none")) {
                assertCode(read, BlobErrorCode.AUTHENTICATION_FAILED);
            } else {
                assertThatCode(read).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void keysAreForTokensOnlyAndForAWeek() {
        assertThatThrownBy(() -> world.blobs().getUserDelegationKey(null, LATER)).isInstanceOfSatisfying(BlobStorageException.class,
            failure -> assertThat(failure.getErrorCode()).isEqualTo(BlobErrorCode.AUTHENTICATION_FAILED));
        assertThatThrownBy(() -> world.blobs(OWNER).getUserDelegationKey(null, OffsetDateTime.now().plusDays(8)))
            .isInstanceOfSatisfying(BlobStorageException.class, failure -> assertThat(failure.getStatusCode()).isEqualTo(400));
    }

    private com.azure.storage.file.datalake.models.UserDelegationKey lakeKey(Principal principal) {
        return new DataLakeServiceClientBuilder().endpoint(world.secureUrl()).httpClient(world.https())
            .credential(world.identities().credential(principal)).buildClient().getUserDelegationKey(null, LATER);
    }

    private DataLakeFileClient file(String signature, String path) {
        return new DataLakePathClientBuilder().endpoint(world.url()).sasToken(signature).fileSystemName("raw").pathName(path)
            .retryOptions(StorageWorld.once()).buildFileClient();
    }

    private String directory(Principal principal, String user, String agent) {
        DataLakeServiceSasSignatureValues values = new DataLakeServiceSasSignatureValues(LATER, PathSasPermission.parse("rwcd"))
            .setPreauthorizedAgentObjectId(user).setAgentObjectId(agent).setCorrelationId("22222222-0000-4000-8000-000000000000");
        return world.lake("raw").getDirectoryClient("dir").generateUserDelegationSas(values, lakeKey(principal));
    }

    private static void assertRefused(ThrowingCallable call, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DataLakeStorageException.class,
            failure -> assertThat(failure.getErrorCode()).isEqualTo(code));
    }

    @Test
    void aDirectorysSignatureStaysInTheDirectory() {
        String signature = directory(OWNER, null, null);
        file(signature, "dir/deep/b.txt").upload(BinaryData.fromString("b"), true);
        world.container("raw").getBlobClient("secret.txt").upload(BinaryData.fromString("secret"));
        assertRefused(() -> file(signature, "other/b.txt").create(), "AuthenticationFailed");
        assertRefused(() -> file(signature, "directory2/b.txt").create(), "AuthenticationFailed");
        assertRefused(() -> file(signature, "secret.txt").rename(null, "dir/mine.txt"), "AuthenticationFailed");
        assertRefused(() -> file(signature, "dir/deep/b.txt").rename(null, "b.txt"), "AuthenticationFailed");
        assertThat(file(signature, "dir/deep/b.txt").rename(null, "dir/c.txt").exists()).isTrue();
    }

    @Test
    void namesTheUserOnWhoseBehalfItIs() {
        String vouched = directory(OWNER, ADA.objectId(), null);
        file(vouched, "dir/hers.txt").create();
        assertThat(world.lake("raw").getFileClient("dir/hers.txt").getAccessControl().getOwner()).isEqualTo(ADA.objectId());
        String checked = directory(OWNER, null, ADA.objectId());
        assertRefused(() -> file(checked, "dir/a.txt").delete(), "AuthorizationPermissionMismatch");
        for (String path : new String[] {"/", "dir"}) {
            world.lake("raw").getDirectoryClient(path).setAccessControlList(PathAccessControlEntry.parseList(
                "user::rwx,group::r-x,other::---,mask::rwx,user:" + ADA.objectId() + ":-wx"), null, null);
        }
        file(checked, "dir/a.txt").delete();
        assertRefused(() -> file(directory(CONTRIBUTOR, ADA.objectId(), null), "dir/b.txt").create(), "AuthorizationPermissionMismatch");
    }
}
