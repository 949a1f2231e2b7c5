package io.lazuli.storage.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies in segments with checksums, as clients with content validation send and ask for; written here as their sources lay them out. */
class StructuredBodyTest {
    private static final String FORM = "XSM/1.0; properties=crc64";

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private StorageWorld world;
    private BlobContainerClient container;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
        container = world.container("raw");
    }

    @AfterEach
    void stop() {
        http.close();
        world.close();
    }

    /** The checksum bit by bit. */
    private static long crc64(byte[] bytes) {
        long value = -1;
        for (byte next : bytes) {
            value ^= next & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ 0x9A6C9329AC4BC9B5L;
            }
        }
        return ~value;
    }

    private static byte[] message(byte[] content, int segmentBytes) {
        int segments = Math.ceilDiv(content.length, segmentBytes);
        ByteBuffer message = ByteBuffer.allocate(13 + content.length + 18 * segments + 8).order(ByteOrder.LITTLE_ENDIAN);
        message.put((byte) 1).putLong(message.capacity()).putShort((short) 1).putShort((short) segments);
        for (int i = 0; i < segments; i++) {
            byte[] segment = Arrays.copyOfRange(content, i * segmentBytes, Math.min(content.length, (i + 1) * segmentBytes));
            message.putShort((short) (i + 1)).putLong(segment.length).put(segment).putLong(crc64(segment));
        }
        return message.putLong(crc64(content)).array();
    }

    private HttpRequest.Builder request(String path, String query) {
        String signature = world.blobs().generateAccountSas(new AccountSasSignatureValues(OffsetDateTime.now().plusHours(1),
            AccountSasPermission.parse("rwca"), AccountSasService.parse("b"), AccountSasResourceType.parse("o")));
        return HttpRequest.newBuilder(URI.create(world.url() + "/raw/" + path + "?" + query + signature))
            .header("x-ms-version", "2025-01-05").header("x-ms-structured-body", FORM);
    }

    private String send(HttpRequest.Builder request, String method, byte[] message, long length)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.header("x-ms-structured-content-length", Long.toString(length))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(message)).build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.headers().firstValue("x-ms-error-code")
            .or(() -> answer.headers().firstValue("x-ms-structured-body")).orElse("");
    }

    private String put(byte[] message, long length) throws IOException, InterruptedException {
        return send(request("a", "").header("x-ms-blob-type", "BlockBlob"), "PUT", message, length);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @Test
    void takesTheContentOutOfUploads() throws IOException, InterruptedException {
        assertThat(crc64("123456789".getBytes(UTF_8))).isEqualTo(0xAE8B14860A799888L);
        byte[] content = random(3_000_001);
        for (int segment : new int[] {3_000_001, 300_000, 1000}) {
            assertThat(put(message(content, segment), content.length)).isEqualTo("201 " + FORM);
            assertThat(container.getBlobClient("a").downloadContent().toBytes()).isEqualTo(content);
        }
        assertThat(put(message(new byte[0], 10), 0)).isEqualTo("201 " + FORM);
        assertThat(container.getBlobClient("a").getProperties().getBlobSize()).isZero();
    }

    @Test
    void takesItOutOfBlocksPagesAndAppends() throws IOException, InterruptedException {
        byte[] content = random(1024);
        assertThat(send(request("b", "comp=block&blockid=AAAA&"), "PUT", message(content, 100), 1024)).isEqualTo("201 " + FORM);
        container.getBlobClient("b").getBlockBlobClient().commitBlockList(List.of("AAAA"));
        container.getBlobClient("c").getAppendBlobClient().create();
        assertThat(send(request("c", "comp=appendblock&"), "PUT", message(content, 100), 1024)).isEqualTo("201 " + FORM);
        container.getBlobClient("d").getPageBlobClient().create(1024);
        assertThat(send(request("d", "comp=page&").header("x-ms-page-write", "update").header("x-ms-range", "bytes=0-1023"), "PUT",
            message(content, 100), 1024)).isEqualTo("201 " + FORM);
        world.lake("raw").createFile("e");
        assertThat(send(request("e", "action=append&position=0&flush=true&"), "PATCH", message(content, 100), 1024))
            .isEqualTo("202 " + FORM);
        for (String name : List.of("b", "c", "d", "e")) {
            assertThat(container.getBlobClient(name).downloadContent().toBytes()).isEqualTo(content);
        }
    }

    @Test
    void refusesWhatWasDamagedOnItsWay() throws IOException, InterruptedException {
        byte[] large = message(random(3_000_000), 1_000_000);
        large[2_500_000] ^= 1;
        assertThat(put(large, 3_000_000)).isEqualTo("400 Crc64Mismatch");
        byte[] good = message(random(1000), 400);
        for (int place : new int[] {13 + 10 + 5, 13 + 10 + 400, good.length - 1}) {
            byte[] damaged = good.clone();
            damaged[place] ^= 1;
            assertThat(put(damaged, 1000)).isEqualTo("400 Crc64Mismatch");
        }
        for (int place : new int[] {0, 1, 9, 13, 17}) {
            byte[] damaged = good.clone();
            damaged[place] ^= 2;
            assertThat(put(damaged, 1000)).isEqualTo("400 InvalidInput");
        }
        assertThat(put(Arrays.copyOf(good, good.length - 1), 1000)).isEqualTo("400 InvalidInput");
        assertThat(put(good, 1001)).isEqualTo("400 InvalidInput");
        assertThat(container.getBlobClient("a").exists()).isFalse();
    }

    @Test
    void refusesOtherFormsAndOperations() throws IOException, InterruptedException {
        byte[] good = message(random(10), 10);
        assertThat(send(request("a", "").setHeader("x-ms-structured-body", "XSM/2.0").header("x-ms-blob-type", "BlockBlob"), "PUT", good,
            10)).isEqualTo("400 UnsupportedHeader");
        assertThat(send(request("a", "comp=blocklist&"), "PUT", good, 10)).isEqualTo("400 UnsupportedHeader");
    }

    @Test
    void sendsDownloadsAndRangesSo() throws IOException, InterruptedException {
        byte[] content = random(5_000_000);
        container.getBlobClient("a").upload(BinaryData.fromBytes(content));
        HttpResponse<byte[]> whole = http.send(request("a", "").build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.headers().firstValue("x-ms-structured-body")).hasValue(FORM);
        assertThat(whole.headers().firstValue("x-ms-structured-content-length")).hasValue("5000000");
        assertThat(whole.body()).isEqualTo(message(content, 4 << 20));
        HttpResponse<byte[]> range = http.send(request("a", "").header("x-ms-range", "bytes=10-19").build(),
            HttpResponse.BodyHandlers.ofByteArray());
        assertThat(range.statusCode()).isEqualTo(206);
        assertThat(range.headers().firstValue("Content-Range")).hasValue("bytes 10-19/5000000");
        assertThat(range.body()).isEqualTo(message(Arrays.copyOfRange(content, 10, 20), 4 << 20));
    }
}
