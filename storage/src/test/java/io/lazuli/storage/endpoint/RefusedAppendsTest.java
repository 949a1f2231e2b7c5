package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import io.lazuli.storage.FilesBelow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Appends that are refused or break off change nothing of what was appended and not flushed yet, with a customer's key and without. */
@Timeout(600)
class RefusedAppendsTest {
    private static final String NO_POSITION = "400 InvalidFlushPosition";
    private static final int HALF = 400_000;

    @TempDir
    private Path folder;

    private StorageWorld world;
    private SignedRequests requests;
    private DataLakeFileClient file;
    private String[] keyHeaders;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
        world.container("raw");
        requests = new SignedRequests(world, StorageWorld.ACCOUNT);
    }

    @AfterEach
    void stop() {
        requests.close();
        world.close();
    }

    private void create(boolean keyed) {
        byte[] key = keyed ? StorageWorld.customerKey(1) : null;
        keyHeaders = StorageWorld.keyHeaders(key);
        file = world.lake("raw", key).getFileClient("a");
        file.create();
    }

    private static String outcome(ThrowingCallable call) {
        try {
            call.call();
            return "done";
        } catch (DataLakeStorageException failure) {
            return failure.getStatusCode() + " " + failure.getErrorCode();
        } catch (Throwable other) {
            throw new AssertionError(other);
        }
    }

    private void append(String text, long position) {
        file.append(BinaryData.fromString(text), position);
    }

    private void appendWithWrongMd5(String text, long position) {
        assertThat(outcome(() -> file.appendWithResponse(BinaryData.fromString(text), position, new byte[16], null, null, null)))
            .isEqualTo("400 Md5Mismatch");
    }

    private String content() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.read(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** An append that has said half of what it announced, and the service has it. */
    private Socket begin(char sign, long position) throws IOException, InterruptedException {
        long before = staged();
        URI url = URI.create(world.url());
        Socket socket = new Socket(url.getHost(), url.getPort());
        StringBuilder head = new StringBuilder("PUT /contoso/raw/a?action=append&position=" + position + "&" + requests.signature()
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nx-ms-version: 2025-01-05\r\nX-HTTP-Method-Override: PATCH\r\nContent-Length: " + 2 * HALF
            + "\r\n");
        for (int i = 0; i < keyHeaders.length; i += 2) {
            head.append(keyHeaders[i]).append(": ").append(keyHeaders[i + 1]).append("\r\n");
        }
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        byte[] half = new byte[HALF];
        Arrays.fill(half, (byte) sign);
        socket.getOutputStream().write(half);
        socket.getOutputStream().flush();
        while (staged() < before + HALF) {
            Thread.sleep(10);
        }
        return socket;
    }

    /** How many bytes wait aside. */
    private long staged() throws IOException {
        return FilesBelow.staged(folder).stream().mapToLong(RefusedAppendsTest::size).sum();
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException gone) {
            return 0;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void wrongChecksums(boolean keyed) {
        create(keyed);
        append("good", 0);
        appendWithWrongMd5("evil deeds", 0);
        appendWithWrongMd5("more", 4);
        String[] wrong = Stream.concat(Stream.of(keyHeaders), Stream.of("x-ms-content-crc64", "AAAAAAAAAAA=")).toArray(String[]::new);
        assertThat(requests.outcome("PATCH", "/raw/a?action=append&position=1", "evil", wrong)).isEqualTo("400 Crc64Mismatch");
        assertThat(outcome(() -> file.flush(8, true))).isEqualTo(NO_POSITION);
        file.flush(4, true);
        assertThat(content()).isEqualTo("good");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void intoAGap(boolean keyed) throws Exception {
        create(keyed);
        append("one", 0);
        appendWithWrongMd5("evil", 3);
        append("three", 6);
        assertThat(outcome(() -> file.flush(11, true))).isEqualTo(NO_POSITION);
        begin('x', 3).close();
        assertThat(outcome(() -> file.flush(11, true))).isEqualTo(NO_POSITION);
        append("two", 3);
        file.flush(11, true);
        assertThat(content()).isEqualTo("onetwothree");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void clientsThatLeave(boolean keyed) throws Exception {
        create(keyed);
        append("good", 0);
        try (Socket reset = begin('x', 0); Socket ended = begin('y', 2)) {
            reset.setSoLinger(true, 0);
            ended.shutdownOutput();
        }
        append(" and better", 4);
        file.flush(15, true);
        assertThat(content()).isEqualTo("good and better");
        assertThat(outcome(() -> file.flush(HALF, true))).isEqualTo(NO_POSITION);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void besideAGoodOne(boolean keyed) throws Exception {
        create(keyed);
        String good = "g".repeat(HALF);
        try (Socket reset = begin('x', 0); Socket ended = begin('y', HALF / 2)) {
            append(good, 0);
            reset.setSoLinger(true, 0);
            ended.shutdownOutput();
        }
        file.flush(HALF, true);
        assertThat(content()).isEqualTo(good);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void betweenParallelOnesInAnyOrder(boolean keyed) throws Exception {
        create(keyed);
        int part = 300_000;
        byte[] bytes = new byte[16 * part];
        new Random(1).nextBytes(bytes);
        try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
            List<Future<?>> all = IntStream.range(0, 16).mapToObj(i -> 15 - i).<Future<?>>map(i -> clients.submit(() -> {
                byte[] mine = Arrays.copyOfRange(bytes, i * part, (i + 1) * part);
                appendWithWrongMd5("x".repeat(part), i * part + 7L);
                file.append(BinaryData.fromBytes(mine), (long) i * part);
                appendWithWrongMd5("y".repeat(part), i * part - Math.min(i, 7L));
            })).toList();
            for (Future<?> each : all) {
                each.get();
            }
        }
        file.flush(bytes.length, true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.read(out);
        assertThat(Arrays.equals(out.toByteArray(), bytes)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void thatAreToBeFlushedAtOnce(boolean keyed) {
        create(keyed);
        append("aaaaaaaa", 0);
        assertThat(requests.outcome("PATCH", "/raw/a?action=append&position=0&flush=true", "bb", keyHeaders)).isEqualTo(NO_POSITION);
        String[] wrong = Stream.concat(Stream.of(keyHeaders), Stream.of("If-Match", "\"0x8D0000000000000\"")).toArray(String[]::new);
        assertThat(requests.outcome("PATCH", "/raw/a?action=append&position=8&flush=true", "bb", wrong)).isEqualTo("412 ConditionNotMet");
        assertThat(outcome(() -> file.flush(10, true))).isEqualTo(NO_POSITION);
        file.flush(8, true);
        assertThat(content()).isEqualTo("aaaaaaaa");
        assertThat(requests.outcome("PATCH", "/raw/a?action=append&position=8&flush=true", "bb", keyHeaders)).isEqualTo("202");
        assertThat(content()).isEqualTo("aaaaaaaabb");
        assertThat(requests.outcome("PATCH", "/raw/a?action=append&position=11&flush=true", "cc", keyHeaders)).isEqualTo(NO_POSITION);
        assertThat(content()).isEqualTo("aaaaaaaabb");
    }

    /** The status of an append that says the rest of what it announced. */
    private static String end(Socket socket, char sign) throws IOException {
        byte[] half = new byte[HALF];
        Arrays.fill(half, (byte) sign);
        socket.getOutputStream().write(half);
        byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 202".length());
        return new String(answer, StandardCharsets.US_ASCII).substring("HTTP/1.1 ".length());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneThatStallsKeepsNobodyWaiting(boolean keyed) throws Exception {
        create(keyed);
        try (Socket stalled = begin('x', 4); Socket late = begin('y', 0)) {
            append("good", 0);
            file.flush(4, true);
            assertThat(content()).isEqualTo("good");
            assertThat(end(stalled, 'x')).isEqualTo("202");
            file.flush(2 * HALF + 4, true);
            assertThat(content()).isEqualTo("good" + "x".repeat(2 * HALF));
            file.delete();
            assertThat(end(late, 'y')).isEqualTo("404");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneThatEndsInAFileThatWasMadeAnew(boolean keyed) throws Exception {
        create(keyed);
        append("old", 2 * HALF);
        try (Socket slow = begin('x', 0)) {
            file.create(true);
            assertThat(end(slow, 'x')).isEqualTo("202");
        }
        file.flush(2 * HALF, true);
        assertThat(content()).isEqualTo("x".repeat(2 * HALF));
        assertThat(staged()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void thoseOfFilesThatAreGoneTakeNoSpace(boolean keyed) throws Exception {
        create(keyed);
        DataLakeFileClient inner = world.lake("raw", keyed ? StorageWorld.customerKey(1) : null).getFileClient("in/b");
        inner.create();
        inner.append(BinaryData.fromString("waits"), 0);
        assertThat(staged()).isPositive();
        world.lake("raw").getDirectoryClient("in").deleteRecursively();
        assertThat(staged()).isZero();
    }
}
