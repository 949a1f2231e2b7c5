package io.lazuli.storage.endpoint;

import static io.lazuli.storage.endpoint.TestIdentities.ACCOUNT_READER;
import static io.lazuli.storage.endpoint.TestIdentities.ADA;
import static io.lazuli.storage.endpoint.TestIdentities.CONTRIBUTOR;
import static io.lazuli.storage.endpoint.TestIdentities.DELEGATOR;
import static io.lazuli.storage.endpoint.TestIdentities.OWNER;
import static io.lazuli.storage.endpoint.TestIdentities.READER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import io.lazuli.governance.audit.AuditEvent;
import io.lazuli.governance.principal.Principal;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bearer tokens of principals with roles, over TLS. */
class RolesTest {
    @TempDir
    private Path folder;

    private StorageWorld world;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
        world.container("raw").getBlobClient("a.txt").upload(BinaryData.fromString("text"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private BlobClient blob(Principal principal, String name) {
        return world.blobs(principal).getBlobContainerClient("raw").getBlobClient(name);
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BlobStorageException.class, failure -> {
            assertThat(failure.getErrorCode()).isEqualTo(BlobErrorCode.AUTHORIZATION_PERMISSION_MISMATCH);
            assertThat(failure.getStatusCode()).isEqualTo(403);
        });
    }

    @Test
    void readersReadAndList() {
        assertThat(blob(READER, "a.txt").downloadContent().toString()).isEqualTo("text");
        assertThat(world.blobs(READER).listBlobContainers()).extracting(item -> item.getName()).containsExactly("raw");
        assertThat(world.blobs(READER).getBlobContainerClient("raw").listBlobs()).hasSize(1);
        assertRefused(() -> blob(READER, "a.txt").upload(BinaryData.fromString("x"), true));
        assertRefused(() -> blob(READER, "a.txt").delete());
        assertRefused(() -> blob(READER, "a.txt").setMetadata(Map.of("a", "b")));
        assertRefused(() -> world.blobs(READER).createBlobContainer("made"));
        assertRefused(() -> blob(READER, "a.txt").getTags());
    }

    @Test
    void contributorsWriteAndOwnersDoAll() {
        blob(CONTRIBUTOR, "b.txt").upload(BinaryData.fromString("b"));
        blob(CONTRIBUTOR, "b.txt").delete();
        world.blobs(CONTRIBUTOR).createBlobContainer("made");
        assertRefused(() -> blob(CONTRIBUTOR, "a.txt").setTags(Map.of("a", "b")));
        assertRefused(() -> world.blobs(CONTRIBUTOR).getBlobContainerClient("raw").getAccessPolicy());
        blob(OWNER, "a.txt").setTags(Map.of("a", "b"));
        world.blobs(OWNER).deleteBlobContainer("made");
    }

    @Test
    void rolesOfTheAccountGiveNoData() {
        assertThat(world.blobs(ACCOUNT_READER).listBlobContainers()).hasSize(1);
        assertRefused(() -> blob(ACCOUNT_READER, "a.txt").downloadContent());
        assertRefused(() -> world.blobs(ACCOUNT_READER).getUserDelegationKey(null, OffsetDateTime.now().plusHours(1)));
        assertThat(world.blobs(DELEGATOR).getUserDelegationKey(null, OffsetDateTime.now().plusHours(1)).getSignedObjectId())
            .isEqualTo(DELEGATOR.objectId());
        assertRefused(() -> blob(DELEGATOR, "a.txt").downloadContent());
    }

    @Test
    void othersAreRefusedAndNotedDown() {
        assertRefused(() -> blob(ADA, "a.txt").downloadContent());
        assertRefused(() -> world.blobs(ADA).listBlobContainers().stream().count());
        assertThat(world.identities().security().audit().read())
            .extracting(AuditEvent::name, AuditEvent::authentication, AuditEvent::operation, AuditEvent::resource, AuditEvent::outcome,
                AuditEvent::code)
            .containsExactly(
                tuple("ada@contoso.com", "OAuth", "GetBlob", "/contoso/raw/a.txt", "denied",
                    "AuthorizationPermissionMismatch"),
                tuple("ada@contoso.com", "OAuth", "ListContainers", "/contoso//", "denied",
                    "AuthorizationPermissionMismatch"));
    }

    @Test
    void aCopyNeedsItsSourceToo() {
        world.container("open").getBlobClient("b.txt").upload(BinaryData.fromString("b"));
        String source = world.secureUrl() + "/raw/a.txt";
        blob(CONTRIBUTOR, "copy.txt").beginCopy(source, null).waitForCompletion();
        assertThat(blob(CONTRIBUTOR, "copy.txt").downloadContent().toString()).isEqualTo("text");
    }
}
