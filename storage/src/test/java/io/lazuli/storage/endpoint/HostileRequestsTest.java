package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that no client sends: the service refuses them in Azure's words, tells nothing of other accounts, and goes on. */
class HostileRequestsTest {
    private static final int REQUESTS = Integer.getInteger("hostile.requests", 1500);
    private static final String SECRET = "what nobody may read";
    private static final List<String> METHODS = List.of("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "get", "LINK", "");
    private static final List<String> PATHS = List.of("/contoso/raw/blob", "/contoso/raw/../../fabrikam/raw/secret", "/contoso/raw",
        "/contoso/raw/%2e%2e/%2e%2e/fabrikam/raw/secret", "/contoso/raw/..%2f..%2ffabrikam%2fraw%2fsecret",
        "/contoso/../fabrikam/raw/secret",
        "/contoso/raw/%252e%252e/x", "/contoso/raw/..\\..\\fabrikam\\raw\\secret", "/contoso/raw/a%00b", "/contoso/raw//etc/passwd",
        "/contoso/raw/link/secret", "/contoso/raw/link", "/contoso/raw/loop/loop/blob", "/fabrikam/raw/secret", "//fabrikam/raw/secret",
        "/contoso//raw//blob", "/contoso/raw/.lazuli-staging/x", "/contoso/.staging/x", "/contoso/raw/%", "/contoso/raw/%zz",
        "/contoso/raw/%ff",
        "/contoso/raw/" + "x".repeat(300), "/contoso/raw/" + "y/".repeat(400), "/contoso/RAW", "/contoso/$root/x", "/contoso/a", "/",
        "*", "",
        "http://fabrikam.blob.core.windows.net/raw/secret", "/contoso/raw/%0d%0aInjected:%201", "/contoso/%2e%2e/fabrikam",
        "/lazuli/../x");
    private static final List<String> PARAMETERS = List.of("comp", "restype", "resource", "action", "position", "blockid", "maxresults",
        "marker", "prefix", "delimiter", "include", "timeout", "recursive", "directory", "continuation", "mode", "snapshot", "versionid",
        "blocklisttype", "where", "upn", "flush", "close", "%", "=", "");
    private static final List<String> VALUES = List.of("list", "container", "blob", "block", "blocklist", "appendblock", "metadata",
        "tags",
        "lease", "acl", "tier", "copy", "properties", "file", "directory", "filesystem", "append", "setAccessControl", "page", "pagelist",
        "setAccessControlRecursive", "getStatus", "batch", "blobs", "seal", "undelete", "service", "account", "-1", "0",
        "99999999999999999999",
        "../../fabrikam", "%00", "%ff", "AAAA", "QUFB", "\u00e4".repeat(3), "true", "%0d%0aInjected: 1", "x".repeat(2000), "");
    private static final List<String> HEADERS = List.of("x-ms-version", "x-ms-date", "x-ms-blob-type", "x-ms-meta-name", "x-ms-meta-",
        "x-ms-meta-a b", "x-ms-copy-source", "x-ms-rename-source", "x-ms-lease-action", "x-ms-lease-id", "x-ms-lease-duration",
        "x-ms-acl",
        "x-ms-permissions", "x-ms-umask", "x-ms-properties", "x-ms-tags", "x-ms-range", "Range", "If-Match", "If-Modified-Since",
        "Content-MD5",
        "x-ms-content-crc64", "x-ms-access-tier", "x-ms-blob-content-type", "X-HTTP-Method-Override", "Content-Type", "Expect", "Host",
        "Authorization", "x-ms-blob-condition-appendpos", "x-ms-client-request-id", "Content-Length", "Transfer-Encoding", "x-ms-if-tags",
        "x-ms-proposed-lease-id", "x-ms-source-range", "x-ms-blob-public-access", "x-ms-page-write", "x-ms-blob-content-length");
    private static final List<String> HEADER_VALUES = List.of("BlockBlob", "AppendBlob", "PageBlob", "1", "-1", "", "*", "\"", "bytes=0-",
        "bytes=9-1", "bytes=99999999999999999999-", "2021-12-02", "1999-99-99", "Mon, 99 Foo 2020 00:00:00 GMT", "acquire", "break",
        "chunked",
        "100-continue", "../../fabrikam/raw/secret", "/fabrikam/raw/secret", "http://127.0.0.1:1/contoso/raw/blob",
        "SharedKey contoso:AAAA",
        "SharedKey", "Bearer a.b.c", "user::rwx,group::r-x,other::---", "user::xxx,,", "a=b&c=d", "a=%ZZ", "rwxrwxrwx", "0027", "9999",
        "PATCH",
        "fabrikam.blob.core.windows.net", "x".repeat(9000), "\u0001\u0002", "caf\u00e9", "a\"b:c", "0,0", "AAAAAAAAAAAAAAAAAAAAAA==",
        "18446744073709551616");
    private static final List<String> BODIES = List.of("", "x", "<", "<BlockList><Latest>AAAA</Latest></BlockList>", "<BlockList>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><BlockList><Latest>&e;</Latest></BlockList>", "<a>".repeat(5000),
        "<BlockList>" + "<Latest>AAAA</Latest>".repeat(60_000) + "</BlockList>", "<Tags><TagSet><Tag><Key>k</Key></Tag></TagSet></Tags>",
        "<SignedIdentifiers><SignedIdentifier/></SignedIdentifiers>", "\u0000\u0001\u0002", "--b\r\n\r\nDELETE / HTTP/1.1\r\n\r\n--b--");

    @TempDir
    private Path folder;

    private StorageWorld world;
    private String signature;

    @BeforeEach
    void start() throws IOException {
        world = new StorageWorld(folder);
        world.container("raw").getBlobClient("blob").upload(BinaryData.fromString("content"));
        signature = world.blobs().generateAccountSas(new AccountSasSignatureValues(OffsetDateTime.now().plusHours(1),
            AccountSasPermission.parse("rwdlacuptf"), new AccountSasService().setBlobAccess(true),
            new AccountSasResourceType().setService(true).setContainer(true).setObject(true)));
        Path other = Files.createDirectories(folder.resolve("lake/fabrikam/raw"));
        Files.writeString(other.resolve("secret"), SECRET);
        Files.createSymbolicLink(world.file("raw", "link"), other);
        Files.createSymbolicLink(world.file("raw", "loop"), world.file("raw", "."));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String request(Random random) {
        StringBuilder target = new StringBuilder(one(random, PATHS)).append('?');
        for (int i = random.nextInt(4); i > 0; i--) {
            target.append(one(random, PARAMETERS)).append('=').append(one(random, VALUES)).append('&');
        }
        target.append(random.nextInt(8) == 0 ? "sig=AAAA" : signature);
        String body = one(random, BODIES);
        StringBuilder text = new StringBuilder(one(random, METHODS)).append(' ').append(target).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(one(random, HEADERS)).append(": ").append(one(random, HEADER_VALUES)).append("\r\n");
        }
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        int announced = random.nextInt(6) == 0 ? length + random.nextInt(100_000) : length;
        return text.append("Content-Length: ").append(announced).append("\r\nConnection: close\r\n\r\n").append(body).toString();
    }

    /** What the service says until it closes the connection, or until nothing comes when the client has said less than it announced. */
    private String answer(String request) throws IOException {
        URI url = URI.create(world.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(20_000);
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                socket.shutdownOutput();
            } catch (IOException refusedEarly) {
                return read(socket.getInputStream());
            }
            return read(socket.getInputStream());
        }
    }

    private static String read(InputStream in) {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[8192];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                text.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException closed) {
            return text.toString();
        }
        return text.toString();
    }

    /** 0 when the service closed the connection or waits for more. */
    private static int status(String answer) {
        return answer.isEmpty() || answer.startsWith("HTTP/1.1 100") ? 0 : Integer.parseInt(answer.substring(9, 12));
    }

    @Test
    void answersOnlyWithWhatAzureAnswers() throws IOException {
        List<String> wrong = new ArrayList<>();
        Set<String> codes = new TreeSet<>();
        for (int seed = 0; seed < REQUESTS; seed++) {
            String request = request(new Random(seed));
            String answer = answer(request);
            String lower = answer.toLowerCase(Locale.ROOT);
            codes.add(status(answer) + answer.replaceFirst("(?s).*x-ms-error-code: (\\w+).*", " $1").lines().findFirst().orElse(""));
            int status = status(answer);
            boolean known = status < 400 || lower.contains("\r\nx-ms-error-code: ");
            if (status == 500 || !known || answer.contains(SECRET) || lower.contains("\r\ninjected:") || lower.contains("root:")) {
                wrong.add("seed " + seed + "\n" + request.substring(0, Math.min(1500, request.length())) + "\n=> "
                    + answer.substring(0, Math.min(800, answer.length())));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(codes).as("what was answered").hasSizeGreaterThan(12)
            .contains("400 InvalidUri", "403 AuthenticationFailed", "404 BlobNotFound");
        assertThat(Files.readString(folder.resolve("lake/fabrikam/raw/secret"))).isEqualTo(SECRET);
        world.container("after").getBlobClient("blob").upload(BinaryData.fromString("still there"));
        assertThat(world.container("after").getBlobClient("blob").downloadContent().toString()).isEqualTo("still there");
    }

    private String batch(String... requests) throws IOException {
        StringBuilder body = new StringBuilder();
        for (String request : requests) {
            body.append("--b\r\nContent-Type: application/http\r\n\r\n").append(request).append(" HTTP/1.1\r\n\r\n");
        }
        body.append("--b--");
        return answer("POST /contoso?comp=batch&" + signature + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + "Content-Type: multipart/mixed; boundary=b\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body);
    }

    @Test
    void aBatchWithAPartThatIsNoRequestDoesNothing() throws IOException {
        String delete = "DELETE /contoso/raw/blob?" + signature;
        for (String uri : List.of("/con%00toso/raw/blob", "/contoso/raw/%zz")) {
            String answer = batch(delete, "DELETE " + uri);
            assertThat(answer).as(uri).startsWith("HTTP/1.1 4").containsIgnoringCase("\r\nx-ms-error-code: Inv");
            assertThat(world.file("raw", "blob")).as(uri).exists();
        }
    }

    @Test
    void aPartOfABatchWhoseNameCannotBeHeldFailsAlone() throws IOException {
        String answer = batch("DELETE /contoso/raw/" + "x".repeat(300) + "?" + signature, "DELETE /contoso/raw/blob?" + signature);
        assertThat(answer).startsWith("HTTP/1.1 202 Accepted\r\n").contains("\r\n\r\nHTTP/1.1 4", "\r\n\r\nHTTP/1.1 202 Accepted");
        assertThat(world.file("raw", "blob")).doesNotExist();
        assertThat(batch("DELETE /contoso/raw/blob")).startsWith("HTTP/1.1 202 Accepted\r\n").contains("\r\n\r\nHTTP/1.1 401")
            .contains("authorization_uri=https://127.0.0.1");
    }

    @Test
    void aBodyThatEndsTooEarlyIsTheClientsFault() throws IOException {
        String answer = answer("PUT /contoso/raw/short?" + signature + " HTTP/1.1\r\nHost: 127.0.0.1\r\nx-ms-blob-type: BlockBlob\r\n"
            + "Content-Length: 5000\r\nConnection: close\r\n\r\nhello");
        assertThat(answer).startsWith("HTTP/1.1 400").containsIgnoringCase("\r\nx-ms-error-code: InvalidInput");
        assertThat(world.file("raw", "short")).doesNotExist();
    }

    @Test
    void servesOthersWhileSlowClientsSendLetterByLetter() throws IOException {
        URI url = URI.create(world.url());
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                Socket socket = new Socket(url.getHost(), url.getPort());
                slow.add(socket);
                socket.getOutputStream().write(("PUT /contoso/raw/slow-" + i + "?" + signature + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                    + (i % 2 == 0 ? "x-ms-blob-type: BlockBlob\r\nContent-Length: 1000000\r\n\r\nx" : "x-ms-bl"))
                    .getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(world.container("raw").getBlobClient("blob").downloadContent().toString()).isEqualTo("content");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        assertThat(world.container("raw").listBlobs()).extracting(blob -> blob.getName()).noneMatch(name -> name.startsWith("slow"));
    }

    @Test
    void refusesMetadataAndHeadersThatAreTooLarge() throws IOException {
        String line = "PUT /contoso/raw/large?" + signature + " HTTP/1.1\r\nHost: 127.0.0.1\r\nx-ms-blob-type: BlockBlob\r\n"
            + "Content-Length: 0\r\n";
        assertThat(answer(line + "x-ms-meta-large: " + "x".repeat(8200) + "\r\nConnection: close\r\n\r\n"))
            .startsWith("HTTP/1.1 400").contains("<Code>MetadataTooLarge</Code>");
        assertThat(answer(line + "x-ms-meta-large: " + "x".repeat(80_000) + "\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 400")
            .contains("too long");
        assertThat(world.container("raw").getBlobClient("large").exists()).isFalse();
    }

    @Test
    void keepsNothingOfAnUploadThatEndsEarly() throws IOException {
        String upload = "PUT /contoso/raw/early?" + signature + " HTTP/1.1\r\nHost: 127.0.0.1\r\nx-ms-blob-type: BlockBlob\r\n";
        answer(upload + "Content-Length: 1000000\r\n\r\nonly this");
        answer(upload + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\nrubbish");
        assertThat(world.container("raw").getBlobClient("early").exists()).isFalse();
    }
}
