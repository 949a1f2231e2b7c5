package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.models.PublicAccessType;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import com.azure.storage.file.datalake.sas.DataLakeServiceSasSignatureValues;
import com.azure.storage.file.datalake.sas.FileSystemSasPermission;
import io.lazuli.storage.content.AccountSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters that speak of something else than what a request does never let it pass with another right, nor are they passed over. */
class MisleadingParametersTest {
    private static final String TIME = "2026-01-01T00:00:00.0000000Z";
    private static final String DENIED = "403 AuthorizationPermissionMismatch";
    private static final String REFUSED = "400 InvalidQueryParameterValue";
    private static final String[] BLOCK_BLOB = {"x-ms-blob-type", "BlockBlob"};

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private StorageWorld world;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder, Map.of(StorageWorld.FLAT, new AccountSettings(false, false, 0)));
        for (String account : List.of(StorageWorld.ACCOUNT, StorageWorld.FLAT)) {
            world.container(account, "raw");
            try (SignedRequests requests = new SignedRequests(world, account)) {
                assertThat(requests.outcome("PUT", "/raw/d/f", "1", BLOCK_BLOB)).isEqualTo("201");
                assertThat(requests.outcome("PUT", "/raw/g", "1", BLOCK_BLOB)).isEqualTo("201");
            }
        }
    }

    @AfterEach
    void stop() {
        http.close();
        world.close();
    }

    private String ofContainer(String account, String permissions) {
        return world.container(account, "raw").generateSas(new BlobServiceSasSignatureValues(OffsetDateTime.now().plusHours(1),
            BlobContainerSasPermission.parse(permissions)));
    }

    /** The clients do not sign every right for a container that they sign for an account. */
    private String ofAccount(String account, String permissions) {
        return world.blobs(account).generateAccountSas(new AccountSasSignatureValues(OffsetDateTime.now().plusHours(1),
            AccountSasPermission.parse(permissions), AccountSasService.parse("b"), AccountSasResourceType.parse("sco")));
    }

    private String url(String account) {
        return world.url().replaceFirst("/" + StorageWorld.ACCOUNT + "$", "/" + account);
    }

    private HttpResponse<String> send(String method, String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).method(method, BodyPublishers.noBody())
            .header("x-ms-version", "2026-10-06").build(), BodyHandlers.ofString());
    }

    private String outcome(String account, String permissions, String method, String pathAndQuery)
            throws IOException, InterruptedException {
        return SignedRequests.outcome(send(method, url(account) + pathAndQuery + "&" + ofContainer(account, permissions)));
    }

    private String deletion(String account, String permissions, String pathAndQuery) throws IOException, InterruptedException {
        return SignedRequests.outcome(send("DELETE", url(account) + pathAndQuery + "&" + ofAccount(account, permissions)));
    }

    private void requireAll(String account) {
        try (SignedRequests requests = new SignedRequests(world, account)) {
            assertThat(requests.send("GET", "/raw/d/f", null).body()).isEqualTo("1");
            assertThat(requests.send("GET", "/raw/g", null).body()).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {StorageWorld.ACCOUNT, StorageWorld.FLAT})
    void whoMayDeleteVersionsOrForGoodMayDeleteNoPath(String account) throws IOException, InterruptedException {
        for (String path : List.of("/raw/d?recursive=true", "/raw/d/f?recursive=false", "/raw/g?recursive=true")) {
            assertThat(deletion(account, "y", path + "&deletetype=permanent")).as(path).isEqualTo(DENIED);
            assertThat(deletion(account, "x", path + "&versionid=" + TIME)).as(path).isEqualTo(DENIED);
            assertThat(outcome(account, "x", "DELETE", path + "&versionid=" + TIME)).as(path).isEqualTo(DENIED);
        }
        requireAll(account);
    }

    @ParameterizedTest
    @ValueSource(strings = {StorageWorld.ACCOUNT, StorageWorld.FLAT})
    void whoMayDeleteAPathDeletesItNotInTheStead(String account) throws IOException, InterruptedException {
        for (String path : List.of("/raw/d?recursive=true", "/raw/d/f?recursive=false", "/raw/g?recursive=true")) {
            for (String other : List.of("&deletetype=permanent", "&versionid=" + TIME, "&snapshot=" + TIME)) {
                assertThat(deletion(account, "dxy", path + other)).as(path + other).isEqualTo(REFUSED);
            }
        }
        assertThat(outcome(account, "re", "HEAD", "/raw/d/f?action=getStatus&snapshot=" + TIME)).startsWith("400");
        requireAll(account);
    }

    private String atDataLakeHost(String path, String signature) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", URI.create(world.url()).getPort())) {
            String request = "DELETE " + path + "&" + signature + " HTTP/1.1\r\nHost: " + StorageWorld.ACCOUNT
                + ".dfs.localhost\r\nx-ms-version: 2025-05-05\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().findFirst().orElse("");
        }
    }

    @Test
    void deletesNoCurrentContentForGoodAtTheDataLakeHost() throws IOException {
        for (String path : List.of("/raw/d", "/raw/d/f", "/raw/g")) {
            String request = path + "?deletetype=permanent";
            assertThat(atDataLakeHost(request, ofAccount(StorageWorld.ACCOUNT, "y"))).as(path).startsWith("HTTP/1.1 400");
            assertThat(atDataLakeHost(request, ofContainer(StorageWorld.ACCOUNT, "d"))).as(path).startsWith("HTTP/1.1 403");
        }
        requireAll(StorageWorld.ACCOUNT);
        assertThat(atDataLakeHost("/raw/g?timeout=30", ofContainer(StorageWorld.ACCOUNT, "d"))).startsWith("HTTP/1.1 200");
    }

    /** Each would be one thing by its first parameter, and is the other by the second one. */
    @ParameterizedTest
    @ValueSource(strings = {StorageWorld.ACCOUNT, StorageWorld.FLAT})
    void aParameterOfTheOtherEndpointChoosesNoRight(String account) throws IOException, InterruptedException {
        assertThat(outcome(account, "d", "DELETE", "/raw?recursive=true&restype=container")).startsWith("403");
        assertThat(outcome(account, "w", "PUT", "/raw?mode=legacy&restype=container&comp=acl")).startsWith("403");
        assertThat(outcome(account, "w", "PUT", "/raw?action=x&restype=container&comp=metadata")).startsWith("403");
        assertThat(outcome(account, "l", "GET", "/raw/g?resource=filesystem&comp=")).isEqualTo(DENIED);
        assertThat(outcome(account, "e", "HEAD", "/raw/g?action=checkAccess&comp=")).isEqualTo(DENIED);
        for (String request : List.of("/raw/g?resource=account&comp=", "/raw?resource=account&restype=container")) {
            assertThat(deletion(account, "l", request)).as(request).isEqualTo(DENIED);
        }
        requireAll(account);
    }

    @ParameterizedTest
    @ValueSource(strings = {StorageWorld.ACCOUNT, StorageWorld.FLAT})
    void whoMayReadPublicBlobsListsNothingElse(String account) throws IOException, InterruptedException {
        world.container(account, "raw").setAccessPolicy(PublicAccessType.BLOB, List.of());
        assertThat(send("GET", url(account) + "/raw/g").body()).isEqualTo("1");
        String refused = "401 NoAuthenticationInformation";
        assertThat(SignedRequests.outcome(send("GET", url(account) + "/raw/g?resource=account"))).isEqualTo(refused);
        assertThat(send("HEAD", url(account) + "/raw/g?action=getAccessControl").statusCode()).isEqualTo(401);
        assertThat(SignedRequests.outcome(send("GET", url(account) + "/raw/g?resource=filesystem&recursive=true"))).isEqualTo(refused);
        for (String readable : List.of("metadata", "blocklist", "blocklist&blocklisttype=committed")) {
            assertThat(SignedRequests.outcome(send("GET", url(account) + "/raw/g?comp=" + readable))).as(readable).isEqualTo("200");
        }
        for (String hidden : List.of("tags", "blocklist&blocklisttype=all", "blocklist&blocklisttype=uncommitted")) {
            assertThat(SignedRequests.outcome(send("GET", url(account) + "/raw/g?comp=" + hidden))).as(hidden).isEqualTo(refused);
        }
        world.container(account, "raw").setAccessPolicy(PublicAccessType.CONTAINER, List.of());
        assertThat(SignedRequests.outcome(send("GET", url(account) + "/raw?resource=account"))).isEqualTo(refused);
        assertThat(SignedRequests.outcome(send("GET", url(account) + "/raw?resource=filesystem&recursive=true"))).isEqualTo("200");
        assertThat(SignedRequests.outcome(send("GET", url(account) + "/raw?restype=container&comp=list"))).isEqualTo("200");
        assertThat(SignedRequests.outcome(send("GET", url(account) + "/raw?restype=container&comp=metadata"))).isEqualTo("200");
        String found = "/raw?restype=container&comp=blobs&where=%22a%22%20%3D%20%27b%27";
        assertThat(SignedRequests.outcome(send("GET", url(account) + found))).isEqualTo(refused);
    }

    @Test
    void theRootDirectoryIsNoContainer() throws IOException, InterruptedException {
        String makesContainers = world.blobs(StorageWorld.ACCOUNT).generateAccountSas(new AccountSasSignatureValues(
            OffsetDateTime.now().plusHours(1), AccountSasPermission.parse("cw"), AccountSasService.parse("b"),
            AccountSasResourceType.parse("c")));
        String made = url(StorageWorld.ACCOUNT) + "/raw?resource=directory&" + makesContainers;
        assertThat(SignedRequests.outcome(send("PUT", made))).isEqualTo("403 AuthorizationResourceTypeMismatch");
        HttpRequest renamed = HttpRequest.newBuilder(URI.create(url(StorageWorld.ACCOUNT) + "/raw?" + makesContainers))
            .PUT(BodyPublishers.noBody()).header("x-ms-version", "2026-10-06").header("x-ms-rename-source", "/raw/d").build();
        assertThat(SignedRequests.outcome(http.send(renamed, BodyHandlers.ofString())))
            .isEqualTo("403 AuthorizationResourceTypeMismatch");
        requireAll(StorageWorld.ACCOUNT);
    }

    @Test
    void whoMayChangeTheOwnerChangesNoAccessListWithIt() throws IOException, InterruptedException {
        String owns = world.lake("raw").generateSas(new DataLakeServiceSasSignatureValues(OffsetDateTime.now().plusHours(1),
            FileSystemSasPermission.parse("o")));
        HttpRequest.Builder group = HttpRequest.newBuilder(URI.create(url(StorageWorld.ACCOUNT) + "/raw/g?action=setAccessControl&" + owns))
            .method("PATCH", BodyPublishers.noBody()).header("x-ms-version", "2026-10-06").header("x-ms-group", "readers");
        assertThat(SignedRequests.outcome(http.send(group.copy().header("x-ms-acl", "user::rwx,group::rwx,other::rwx").build(),
            BodyHandlers.ofString()))).isEqualTo(DENIED);
        assertThat(SignedRequests.outcome(http.send(group.copy().header("x-ms-permissions", "rwxrwxrwx").build(),
            BodyHandlers.ofString()))).isEqualTo(DENIED);
        assertThat(SignedRequests.outcome(http.send(group.build(), BodyHandlers.ofString()))).isEqualTo("200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resource=filesystem", "restype=container", "action=x", "mode=legacy", "recursive=true", "resource=account"})
    void aPartOfABatchIsAboutABlobAlone(String parameter) {
        try (SignedRequests requests = new SignedRequests(world, StorageWorld.ACCOUNT)) {
            String answer = batch(requests, "DELETE", "/raw/g?" + parameter, "")
                + batch(requests, "PUT", "/raw/g?comp=tier&" + parameter, "x-ms-access-tier: Cool\r\n");
            assertThat(answer).doesNotContain("HTTP/1.1 20").containsPattern("(?s)InvalidInput.*InvalidInput");
        }
        requireAll(StorageWorld.ACCOUNT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-ms-lease-action: acquire", "x-ms-rename-source: /raw/d/f"})
    void aPartOfABatchIsNoRequestOfTheDataLakeByItsHeaders(String header) {
        try (SignedRequests requests = new SignedRequests(world, StorageWorld.ACCOUNT)) {
            assertThat(batch(requests, "DELETE", "/raw/g?timeout=30", header + "\r\n")).contains("HTTP/1.1 400", "InvalidInput");
            requireAll(StorageWorld.ACCOUNT);
            assertThat(batch(requests, "DELETE", "/raw/g?timeout=30", "")).contains("HTTP/1.1 202");
        }
    }

    private static String batch(SignedRequests requests, String method, String pathAndQuery, String headers) {
        String part = "--b\r\nContent-Type: application/http\r\nContent-ID: 0\r\n\r\n" + method + " /" + StorageWorld.ACCOUNT
            + pathAndQuery + "&" + requests.signature() + " HTTP/1.1\r\n" + headers + "Content-Length: 0\r\n\r\n--b--\r\n";
        return requests.send("POST", "/raw?restype=container&comp=batch", part, "Content-Type", "multipart/mixed; boundary=b").body();
    }
}
