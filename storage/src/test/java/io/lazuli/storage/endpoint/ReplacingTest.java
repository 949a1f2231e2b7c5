package io.lazuli.storage.endpoint;

import static io.lazuli.storage.endpoint.TestIdentities.ADA;
import static io.lazuli.storage.endpoint.TestIdentities.EVE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import com.azure.storage.file.datalake.models.PathAccessControl;
import com.azure.storage.file.datalake.models.PathAccessControlEntry;
import com.azure.storage.file.datalake.options.DataLakePathCreateOptions;
import io.lazuli.governance.principal.Principal;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be made, and not put over what is there: also where that turns out late, or the request does not name it. */
class ReplacingTest {
    private static final String BODY = "mine";

    @TempDir
    private Path folder;

    private StorageWorld world;
    private DataLakeFileSystemClient lake;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
        lake = world.lake("lake");
        lake.create();
        lake.createDirectory("shared").createSubdirectory("target");
        lake.getFileClient("shared/target/data.txt").upload(BinaryData.fromString("theirs"), true);
        lake.createDirectory("own");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void give(Principal principal, String path, String permissions) {
        lake.getDirectoryClient(path).setAccessControlList(PathAccessControlEntry.parseList(
            "user::rwx,group::r-x,other::---,mask::rwx,user:" + principal.objectId() + ":" + permissions), null, null);
    }

    private String content(String path) {
        return world.blobs().getBlobContainerClient("lake").getBlobClient(path).downloadContent().toString();
    }

    private String moved(Principal principal, String from, String to) throws Exception {
        try (HttpClient https = HttpClient.newBuilder().sslContext(world.trust()).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(world.secureUrl() + "/lake/" + to + "?mode=posix"))
                .PUT(BodyPublishers.noBody()).headers("x-ms-version", "2023-11-03", "x-ms-rename-source", "/lake/" + from,
                    "Authorization", "Bearer " + world.identities().token(principal)).build();
            return SignedRequests.outcome(https.send(request, BodyHandlers.discarding()));
        }
    }

    @Test
    void whatIsMovedIntoADirectoryMayNotReplaceWhatIsInItWithoutTheRightTo() throws Exception {
        for (String path : List.of("/", "shared")) {
            give(EVE, path, "-wx");
        }
        give(EVE, "own", "rwx");
        give(EVE, "shared/target", "-wx");
        world.lake("lake", EVE).getFileClient("own/data.txt").upload(BinaryData.fromString(BODY), true);
        assertThat(moved(EVE, "own/data.txt", "shared/target")).isEqualTo("403 UnauthorizedBlobOverwrite");
        assertThat(content("shared/target/data.txt")).isEqualTo("theirs");
        lake.getFileClient("own/data.txt").delete();
        world.lake("lake", EVE).getFileClient("own/other.txt").upload(BinaryData.fromString(BODY), true);
        assertThat(moved(EVE, "own/other.txt", "shared/target")).isEqualTo("201");
        assertThat(content("shared/target/other.txt")).isEqualTo(BODY);
    }

    /** A body that is sent when the service has let the request in, after something was done. */
    private static BodyPublisher after(Runnable meanwhile) {
        return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> {
            meanwhile.run();
            return new ByteArrayInputStream(BODY.getBytes(UTF_8));
        }), BODY.length());
    }

    @Test
    void anUploadThatMayMakeABlobDoesNotReplaceOneThatWasMadeMeanwhile() throws Exception {
        BlobClient blob = world.blobs().getBlobContainerClient("lake").getBlobClient("own/new.txt");
        String signature = blob.generateSas(new BlobServiceSasSignatureValues(OffsetDateTime.now().plusHours(1),
            new BlobSasPermission().setCreatePermission(true)));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(world.url() + "/lake/own/new.txt?" + signature))
            .expectContinue(true).headers("x-ms-version", "2023-11-03", "x-ms-blob-type", "BlockBlob");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest late = request.PUT(after(() -> blob.upload(BinaryData.fromString("theirs")))).build();
            assertThat(SignedRequests.outcome(http.send(late, BodyHandlers.discarding()))).isEqualTo("403 UnauthorizedBlobOverwrite");
            assertThat(content("own/new.txt")).isEqualTo("theirs");
            blob.delete();
            HttpRequest alone = request.PUT(after(() -> { })).build();
            assertThat(SignedRequests.outcome(http.send(alone, BodyHandlers.discarding()))).isEqualTo("201");
            assertThat(content("own/new.txt")).isEqualTo(BODY);
        }
    }

    @Test
    void takesRightsAwayByIdentifiersInCapitals() {
        List<PathAccessControlEntry> capitals =
            PathAccessControlEntry.parseList("user:" + ADA.objectId().toUpperCase(Locale.ROOT) + ":---");
        give(ADA, "shared", "rwx");
        lake.getDirectoryClient("shared").updateAccessControlRecursive(capitals);
        assertThat(lake.getDirectoryClient("shared").getAccessControl().getAccessControlList())
            .filteredOn(entry -> ADA.objectId().equalsIgnoreCase(entry.getEntityId())).singleElement()
            .satisfies(entry -> assertThat(entry.getPermissions().toSymbolic()).isEqualTo("---"));
    }

    private String access(String directory) {
        PathAccessControl access = lake.getDirectoryClient(directory).getAccessControl();
        return access.getOwner() + " " + PathAccessControlEntry.serializeList(access.getAccessControlList());
    }

    @Test
    void aDirectoryThatIsMadeAgainStaysWhoseItIs() {
        give(EVE, "/", "-wx");
        give(EVE, "own", "rwx");
        world.lake("lake", EVE).createDirectory("hers");
        String before = access("hers");
        lake.createDirectory("hers", true);
        world.blobs().getBlobContainerClient("lake").getBlobClient("hers/").upload(BinaryData.fromBytes(new byte[0]), true);
        assertThat(access("hers")).startsWith(EVE.objectId()).isEqualTo(before);
        lake.createDirectoryWithResponse("hers", new DataLakePathCreateOptions().setPermissions("0711").setUmask("0000"), null,
            Context.NONE);
        assertThat(access("hers")).isEqualTo(before);
        assertThatThrownBy(() -> world.lake("lake", EVE).createDirectoryWithResponse("own",
            new DataLakePathCreateOptions().setOwner(EVE.objectId()), null, Context.NONE))
            .isInstanceOfSatisfying(DataLakeStorageException.class, failure -> assertThat(failure.getStatusCode()).isEqualTo(403));
        String theirs = access("own");
        world.lake("lake", EVE).createDirectoryWithResponse("own",
            new DataLakePathCreateOptions().setPermissions("0777").setUmask("0000"), null, Context.NONE);
        assertThat(access("own")).startsWith("$superuser").isEqualTo(theirs);
    }

    @Test
    void aBlobThatIsADirectoryIsDeletedByWhomMayDeleteTheDirectoriesInIt() {
        lake.createDirectory("own/a").createSubdirectory("b");
        give(EVE, "/", "-wx");
        give(EVE, "own", "rwx");
        BlobClient blob = world.blobs(EVE).getBlobContainerClient("lake").getBlobClient("own/a");
        assertThatThrownBy(blob::delete).isInstanceOfSatisfying(BlobStorageException.class,
            failure -> assertThat(failure.getErrorCode()).isEqualTo(BlobErrorCode.AUTHORIZATION_PERMISSION_MISMATCH));
        assertThat(lake.getDirectoryClient("own/a/b").exists()).isTrue();
        give(EVE, "own/a", "rwx");
        give(EVE, "own/a/b", "rwx");
        blob.delete();
        assertThat(lake.getDirectoryClient("own/a").exists()).isFalse();
    }
}
