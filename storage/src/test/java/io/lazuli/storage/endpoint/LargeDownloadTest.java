package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contents that the operating system sends itself, and those that it cannot. */
class LargeDownloadTest {
    private static final int SIZE = (21 << 20) + 17;

    @TempDir
    private Path folder;

    private StorageWorld world;
    private byte[] content;
    private String token;

    @BeforeEach
    void start() throws IOException {
        world = new StorageWorld(folder);
        content = new byte[SIZE];
        new Random(1).nextBytes(content);
        token = world.container("raw").generateSas(new BlobServiceSasSignatureValues(OffsetDateTime.now().plusHours(1),
            new BlobContainerSasPermission().setReadPermission(true)));
        Files.write(world.file("raw", "large"), content);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private HttpRequest get(String url, long from, long to) {
        return HttpRequest.newBuilder(URI.create(url + "/raw/large?" + token)).header("x-ms-range", "bytes=" + from + "-" + (to - 1))
            .build();
    }

    @Test
    void manyClientsGetTheirRanges() {
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            int[][] ranges = IntStream.range(0, 24).mapToObj(i -> new int[] {i * 12_345, SIZE - i * 765_432}).toArray(int[][]::new);
            List<CompletableFuture<HttpResponse<byte[]>>> answers = Arrays.stream(ranges)
                .map(range -> client.sendAsync(get(world.url(), range[0], range[1]), HttpResponse.BodyHandlers.ofByteArray())).toList();
            for (int i = 0; i < ranges.length; i++) {
                assertThat(answers.get(i).join().body()).isEqualTo(Arrays.copyOfRange(content, ranges[i][0], ranges[i][1]));
            }
        }
    }

    @Test
    void aClientThatPausesMissesNothingAndGoesOnWithItsConnection() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int round = 0; round < 3; round++) {
                try (InputStream slow = client.send(get(world.url(), 0, SIZE), HttpResponse.BodyHandlers.ofInputStream()).body()) {
                    byte[] begin = slow.readNBytes(1000);
                    Thread.sleep(300);
                    assertThat(begin).isEqualTo(Arrays.copyOf(content, 1000));
                    assertThat(slow.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 1000, SIZE));
                }
            }
        }
    }

    @Test
    void aFileThatBecomesShorterEndsTheConnection() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            try (InputStream slow = client.send(get(world.url(), 0, SIZE), HttpResponse.BodyHandlers.ofInputStream()).body();
                    RandomAccessFile file = new RandomAccessFile(world.file("raw", "large").toFile(), "rw")) {
                assertThat(slow.readNBytes(1000)).isEqualTo(Arrays.copyOf(content, 1000));
                file.setLength(SIZE / 2);
                assertThatThrownBy(slow::readAllBytes).isInstanceOf(IOException.class);
            }
        }
        assertThat(world.container("raw").getBlobClient("large").downloadContent().toBytes()).isEqualTo(Arrays.copyOf(content, SIZE / 2));
    }

    @Test
    void whatHasToBeEncryptedComesAsWell() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(world.trust()).build()) {
            assertThat(client.send(get(world.secureUrl(), 3, SIZE), HttpResponse.BodyHandlers.ofByteArray()).body())
                .isEqualTo(Arrays.copyOfRange(content, 3, SIZE));
        }
    }
}
