package io.lazuli.storage.endpoint;

import static io.lazuli.storage.endpoint.TestIdentities.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.models.PublicAccessType;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.file.datalake.sas.DataLakeServiceSasSignatureValues;
import com.azure.storage.file.datalake.sas.PathSasPermission;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests as attackers word them, byte by byte. */
class HostileAuthorisationTest {
    private static final OffsetDateTime LATER = OffsetDateTime.now().plusHours(1);

    @TempDir
    private Path folder;

    private StorageWorld world;
    private SSLSocketFactory sockets;

    @BeforeEach
    void start() throws Exception {
        world = new StorageWorld(folder);
        world.container("raw").getBlobClient("dir/a.txt").upload(BinaryData.fromString("open"));
        world.container("raw").getBlobClient("secret.txt").upload(BinaryData.fromString("secret"));
        world.identities().security().keys().ensure("other");
        KeyStore trust = KeyStore.getInstance(world.identities().certificates().trustStoreFile().toFile(), "changeit".toCharArray());
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        sockets = context.getSocketFactory();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private String send(boolean secure, String method, String target, String... headers) throws IOException {
        URI url = URI.create(world.url());
        try (Socket socket = secure ? sockets.createSocket("127.0.0.1", url.getPort()) : new Socket("127.0.0.1", url.getPort())) {
            socket.setSoTimeout(120_000);
            StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + url.getPort()
                + "\r\nx-ms-version: 2025-01-05\r\nConnection: close\r\nContent-Length: 0\r\n");
            for (String header : headers) {
                request.append(header).append("\r\n");
            }
            OutputStream out = socket.getOutputStream();
            out.write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    private static void assertRefused(String answer, int status, String code) {
        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("x-ms-error-code: " + code).doesNotContain("secret");
    }

    @Test
    void malformedAuthorizationHeaders() throws IOException {
        for (String value : List.of("", "SharedKey", "SharedKey ", "SharedKey contoso", "SharedKeyLite :", "Basic YTpi", "bearer x",
                "SharedKey contoso:", "SharedKey contoso:" + "A".repeat(10_000), "SharedKey a:b:c:d", "Negotiate", "\u00fc")) {
            assertThat(send(false, "GET", "/contoso/raw/secret.txt", "Authorization: " + value)).as(value)
                .matches("(?s)HTTP/1.1 (400|401|403) .*x-ms-error-code: (InvalidAuthenticationInfo|AuthenticationFailed|"
                    + "NoAuthenticationInformation|InvalidInput).*").doesNotContain("\nsecret");
        }
        for (String token : List.of("", "x", "a.b.c", "..", "A".repeat(40_000), "eyJhbGciOiJub25lIn0.e30.")) {
            assertThat(send(true, "GET", "/contoso/raw/secret.txt", "Authorization: Bearer " + token)).as(token)
                .matches("(?s)HTTP/1.1 40[01] .*x-ms-error-code: InvalidAuthenticationInfo.*").doesNotContain("\nsecret");
        }
    }

    @Test
    void tokensGoOverTlsOnlyAndTellWhereToGetAnother() throws IOException {
        String token = world.identities().token(OWNER);
        assertThat(send(true, "GET", "/contoso/raw/secret.txt", "Authorization: Bearer " + token)).startsWith("HTTP/1.1 200");
        assertRefused(send(false, "GET", "/contoso/raw/a.txt", "Authorization: Bearer " + token), 403, "AuthenticationFailed");
        String old = world.identities().security().tokens().issue(OWNER, "https://storage.azure.com", Duration.ofSeconds(-1));
        assertThat(send(true, "GET", "/contoso/raw/a.txt", "Authorization: Bearer " + old)).startsWith("HTTP/1.1 401")
            .contains("WWW-Authenticate: Bearer authorization_uri=https://127.0.0.1:", "/" + TestIdentities.TENANT + "/oauth2/authorize "
                + "resource_id=https://storage.azure.com", "The token is expired.");
        assertThat(send(false, "GET", "/contoso/raw/a.txt")).startsWith("HTTP/1.1 401").contains("WWW-Authenticate: Bearer ",
            "x-ms-error-code: NoAuthenticationInformation");
        assertRefused(send(true, "GET", "/nobody/raw/a.txt", "Authorization: Bearer " + token), 403, "AuthorizationPermissionMismatch");
        assertThat(send(true, "GET", "/contoso/raw/a.txt", "Authorization: Bearer "
            + world.identities().security().tokens().issue(OWNER, "https://other.blob.core.windows.net", Duration.ofHours(1))))
            .startsWith("HTTP/1.1 401").contains("Audience did not match");
    }

    @Test
    void aSignedDirectoryCannotBeLeft() throws IOException {
        String signature = world.lake("raw").getDirectoryClient("dir").generateSas(
            new DataLakeServiceSasSignatureValues(LATER, PathSasPermission.parse("rwcdl")));
        assertThat(send(false, "GET", "/contoso/raw/dir/a.txt?" + signature)).startsWith("HTTP/1.1 200");
        assertThat(send(false, "GET", "/contoso/raw/dir%2Fa.txt?" + signature)).startsWith("HTTP/1.1 200");
        for (String path : List.of("dir/../secret.txt", "dir%2F..%2Fsecret.txt", "dir/%2e%2e/secret.txt", "dir/..%2fsecret.txt",
                "dir%5C..%5Csecret.txt", "secret.txt", "dirsecret.txt", "./secret.txt", "dir/./../secret.txt")) {
            assertThat(send(false, "GET", "/contoso/raw/" + path + "?" + signature)).as(path).matches("(?s)HTTP/1.1 (400|403|404) .*")
                .doesNotContain("\nsecret");
        }
        assertThat(send(false, "GET", "/contoso/raw?restype=container&comp=list&prefix=dir/&" + signature)).startsWith("HTTP/1.1 200");
        for (String list : List.of("", "&prefix=", "&prefix=sec", "&prefix=dir", "&prefix=/", "&prefix=dir/../")) {
            assertThat(send(false, "GET", "/contoso/raw?restype=container&comp=list" + list + "&" + signature)).as(list)
                .matches("(?s)HTTP/1.1 (400|403) .*").doesNotContain("secret.txt");
        }
        assertRefused(send(false, "GET", "/contoso/raw?resource=filesystem&recursive=true&" + signature), 403, "AuthenticationFailed");
        assertRefused(send(false, "GET", "/contoso/raw/dir/a.txt?" + signature.replace("sdd=1", "sdd=0")), 403, "AuthenticationFailed");
    }

    @Test
    void aSignatureIsForItsAccountAndItsVerbs() throws IOException {
        String signature = world.container("raw").generateSas(
            new BlobServiceSasSignatureValues(LATER, BlobContainerSasPermission.parse("r")));
        assertRefused(send(false, "GET", "/other/raw/secret.txt?" + signature), 403, "AuthenticationFailed");
        assertThat(send(false, "GET", "/contoso/raw/dir/a.txt?" + signature, "X-HTTP-Method-Override: DELETE"))
            .startsWith("HTTP/1.1 400").contains("x-ms-error-code: InvalidHeaderValue");
        assertThat(send(false, "GET", "/contoso/raw/dir/a.txt?sp=rwd&" + signature)).startsWith("HTTP/1.1 403");
        assertThat(send(false, "GET", "/contoso/raw/dir/a.txt?" + signature + "&sp=rwd"))
            .startsWith("HTTP/1.1 403");
        assertThat(world.file("raw", "dir/a.txt")).exists();
    }

    @Test
    void whatIsPublicIsForReadingOnly() throws IOException {
        world.container("raw").setAccessPolicy(PublicAccessType.BLOB, List.of());
        assertThat(send(false, "GET", "/contoso/raw/dir/a.txt")).startsWith("HTTP/1.1 200");
        assertThat(send(false, "GET", "/contoso/raw/dir/a.txt", "X-HTTP-Method-Override: DELETE")).startsWith("HTTP/1.1 400");
        assertThat(send(false, "DELETE", "/contoso/raw/dir/a.txt")).startsWith("HTTP/1.1 401");
        assertThat(world.file("raw", "dir/a.txt")).exists();
    }
}
