package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import io.lazuli.storage.FilesBelow;
import io.lazuli.storage.log.RequestLogFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that fall silent: their connection is closed, and nothing of what they began is left. */
@Timeout(600)
class SlowClientsTest {
    private static final int LARGE = 32 * 1024 * 1024;
    private static final long PAUSE_MILLIS = 50;

    @TempDir
    private Path folder;

    private StorageWorld world;
    private String signature;

    @BeforeEach
    void start() throws IOException {
        world = StorageWorld.impatient(folder, Duration.ofSeconds(1));
        // Real clients would have to hurry too: what is there before and afterwards are files.
        Files.createDirectories(world.file("raw", ""));
        signature = world.blobs().getBlobContainerClient("raw").generateSas(
            new BlobServiceSasSignatureValues(OffsetDateTime.now().plusHours(1), BlobContainerSasPermission.parse("rwcdl")));
    }

    @AfterEach
    void stop() {
        if (world != null) {
            world.close();
        }
    }

    private Socket connect() throws IOException {
        URI url = URI.create(world.url());
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
        return socket;
    }

    /** Says the first part of a request and waits for the service to end the conversation. */
    private String silentAfter(String begun) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
            return read(socket.getInputStream());
        }
    }

    /** The same until the service says something: on a busy machine it may have no time for that before it closes. */
    private String told(String begun) throws IOException {
        String answer = "";
        while (answer.isEmpty()) {
            answer = silentAfter(begun);
        }
        return answer;
    }

    private static String read(InputStream in) {
        StringBuilder all = new StringBuilder();
        for (String some = some(in); !some.isEmpty(); some = some(in)) {
            all.append(some);
        }
        return all.toString();
    }

    /** What comes next, nothing at the end. */
    private static String some(InputStream in) {
        byte[] buffer = new byte[65_536];
        try {
            return new String(buffer, 0, Math.max(0, in.read(buffer)), StandardCharsets.ISO_8859_1);
        } catch (IOException reset) {
            return "";
        }
    }

    /** The client may see the end of the connection before what came over it is gone. */
    private void awaitNothingStaged() throws IOException, InterruptedException {
        while (!FilesBelow.staged(folder).isEmpty()) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private String upload(String path) {
        return "PUT /contoso/raw/" + path + signature + " HTTP/1.1\r\nHost: 127.0.0.1\r\nx-ms-version: 2025-01-05\r\n"
            + "x-ms-blob-type: BlockBlob\r\nx-ms-date: x\r\n";
    }

    @Test
    void beforeTheyHaveSaidAnything() throws IOException {
        assertThat(silentAfter("")).isEmpty();
        assertThat(silentAfter("PUT /contoso/ra")).doesNotContain("HTTP/1.1 2", "HTTP/1.1 5");
        assertThat(silentAfter(upload("a?"))).doesNotContain("HTTP/1.1 2", "HTTP/1.1 5");
    }

    @Test
    void whileTheySend() throws IOException, InterruptedException {
        Files.writeString(world.file("raw", "a"), "old");
        for (String path : new String[] {"a?", "new?", "a?comp=block&blockid=AAAA&"}) {
            assertThat(told(upload(path) + "Content-Length: 100000\r\n\r\nonly this")).as(path)
                .startsWith("HTTP/1.1 500 ").contains("x-ms-error-code: OperationTimedOut", "Connection: close");
        }
        assertThat(silentAfter(upload("a?") + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")).doesNotContain("HTTP/1.1 2");
        assertThat(world.file("raw", "a")).hasContent("old");
        assertThat(world.file("raw", "new")).doesNotExist();
        awaitNothingStaged();
        String append = upload("a?").replace("a?", "a?action=append&position=3&").replace("x-ms-date: x", "X-HTTP-Method-Override: PATCH");
        assertThat(told(append + "Content-Length: 100000\r\n\r\nonly this")).contains("x-ms-error-code: OperationTimedOut");
    }

    @Test
    void beforeTheySendMoreThanIsTaken() throws IOException {
        String append = told(upload("log?").replace("BlockBlob", "AppendBlob") + "Content-Length: 0\r\n\r\n");
        assertThat(append).startsWith("HTTP/1.1 201 ");
        assertTooLarge("new?", 5000L << 20);
        assertTooLarge("new?comp=block&blockid=AAAA&", 4000L << 20);
        assertTooLarge("log?comp=appendblock&", 100L << 20);
    }

    private void assertTooLarge(String path, long most) throws IOException {
        assertThat(told(upload(path) + "Content-Length: " + (most + 1) + "\r\n\r\n")).as(path)
            .startsWith("HTTP/1.1 413 ").contains("x-ms-error-code: RequestBodyTooLarge", "<MaxLimit>" + most + "</MaxLimit>");
    }

    @Test
    void whileTheyReceive() throws Exception {
        Files.write(world.file("raw", "large"), new byte[LARGE]);
        String answer = "";
        // On a busy machine the service may have no time to begin its answer.
        for (int attempt = 0; !answer.startsWith("HTTP/1.1 200"); attempt++) {
            answer = receivedLate("attempt-" + attempt);
        }
        assertThat(answer).hasSizeLessThan(LARGE);
    }

    /** What comes of a large blob to a client that begins to read when the service has given it up. */
    private String receivedLate(String id) throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(("GET /contoso/raw/large?" + signature + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "x-ms-client-request-id: " + id + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String begun = some(in);
            while (!begun.isEmpty() && !isLogged('"' + id + '"')) {
                Thread.sleep(PAUSE_MILLIS);
            }
            return begun + read(in);
        }
    }

    private boolean isLogged(String text) throws IOException {
        for (Path file : new RequestLogFiles(folder).list()) {
            if (Files.readString(file).contains(text)) {
                return true;
            }
        }
        return false;
    }
}
