package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.specialized.BlobClientBase;
import com.azure.storage.blob.specialized.PageBlobClient;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Page blobs that are encrypted with keys of their clients. */
class CustomerKeyPagesTest {
    private static final byte[] KEY = StorageWorld.customerKey(1);
    private static final int SIZE = 1 << 20;

    @TempDir
    private Path folder;

    private StorageWorld world;
    private PageBlobClient blob;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
        world.container("raw");
        blob = blob(KEY);
        blob.create(SIZE);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private PageBlobClient blob(byte[] key) {
        return container(key).getBlobClient("disk").getPageBlobClient();
    }

    private BlobContainerClient container(byte[] key) {
        return world.blobs(key).getBlobContainerClient("raw");
    }

    private static void write(PageBlobClient blob, long first, byte[] bytes) {
        blob.uploadPages(PageNumbers.range(first, bytes.length / 512), new ByteArrayInputStream(bytes));
    }

    private static byte[] secret(int pages) {
        return "secret-secret-16".repeat(pages * 32).getBytes(StandardCharsets.UTF_8);
    }

    private static void assertCode(ThrowingCallable call, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BlobStorageException.class,
            failure -> assertThat(failure.getStatusCode() + " " + failure.getErrorCode()).isEqualTo("409 " + code));
    }

    @Test
    void writesClearsAndReadsPagesInPlace() throws IOException {
        byte[] expected = new byte[SIZE];
        byte[] random = new byte[300 * 512];
        new Random(1).nextBytes(random);
        Object file = Files.getAttribute(world.file("raw", "disk"), "unix:ino");
        write(blob, 7, random);
        System.arraycopy(random, 0, expected, 7 * 512, random.length);
        write(blob, 100, secret(2));
        System.arraycopy(secret(2), 0, expected, 100 * 512, 1024);
        blob.clearPages(PageNumbers.range(10, 3));
        Arrays.fill(expected, 10 * 512, 13 * 512, (byte) 0);
        assertThat(blob.downloadContent().toBytes()).isEqualTo(expected);
        assertThat(blob.getProperties().getBlobSize()).isEqualTo(SIZE);
        assertThat(PageNumbers.shown(blob(null).listPageRanges(new BlobRange(0)))).containsExactly("7+3", "13+294");
        assertThat(Files.readString(world.file("raw", "disk"), StandardCharsets.ISO_8859_1)).doesNotContain("secret");
        assertThat(Files.getAttribute(world.file("raw", "disk"), "unix:ino")).isEqualTo(file);
        blob(null).resize(1024 * 512);
        blob(null).resize(3 * SIZE);
        assertThat(blob.downloadContent().toBytes()).isEqualTo(Arrays.copyOf(Arrays.copyOf(expected, 1024 * 512), 3 * SIZE));
    }

    @Test
    void refusesOtherKeysAndNone() {
        write(blob, 0, secret(1));
        assertCode(() -> write(blob(null), 0, secret(1)), "BlobUsesCustomerSpecifiedEncryption");
        assertCode(() -> blob(null).clearPages(PageNumbers.range(0, 1)), "BlobUsesCustomerSpecifiedEncryption");
        assertCode(() -> blob(null).downloadContent(), "BlobUsesCustomerSpecifiedEncryption");
        assertCode(() -> write(blob(StorageWorld.customerKey(2)), 0, secret(1)), "BlobCustomerSpecifiedEncryptionMismatch");
        PageBlobClient plain = container(null).getBlobClient("plain").getPageBlobClient();
        plain.create(512);
        assertCode(() -> write(container(KEY).getBlobClient("plain").getPageBlobClient(), 0, secret(1)),
            "BlobDoesNotUseCustomerSpecifiedEncryption");
        assertThat(blob.downloadContent().toBytes()).startsWith(secret(1));
    }

    @Test
    void snapshotsKeepTheirPagesAndDifferFromLaterOnes() {
        write(blob, 0, secret(4));
        BlobClientBase snapshot = blob.createSnapshot();
        write(blob, 2, new byte[512]);
        blob.clearPages(PageNumbers.range(0, 1));
        assertThat(snapshot.downloadContent().toBytes()).startsWith(secret(4));
        assertThat(PageNumbers.shown(blob(null).listPageRangesDiff(new BlobRange(0), snapshot.getSnapshotId())))
            .containsExactlyInAnyOrder("clear 0+1", "2+1");
    }

    @Test
    void aFileWithAnotherNameKeepsItsContent() throws IOException {
        write(blob, 0, secret(1));
        byte[] before = Files.readAllBytes(world.file("raw", "disk"));
        Path other = Files.createLink(folder.resolve("other"), world.file("raw", "disk"));
        write(blob, 0, new byte[512]);
        write(blob, 1, secret(1));
        assertThat(Files.readAllBytes(other)).isEqualTo(before);
        assertThat(blob.downloadContent().toBytes()).startsWith(new byte[512]);
        assertThat(Arrays.copyOfRange(blob.downloadContent().toBytes(), 512, 1024)).isEqualTo(secret(1));
    }

    @Test
    void copiesPagesFromABlobWithoutKey() {
        container(null).getBlobClient("source").upload(BinaryData.fromBytes(secret(2)));
        String url = StorageWorld.signed(container(null).getBlobClient("source")).replace("https:", "http:");
        blob.uploadPagesFromUrl(PageNumbers.range(1, 1), url, 512L);
        assertThat(Arrays.copyOfRange(blob.downloadContent().toBytes(), 512, 1024)).isEqualTo(secret(1));
    }

    @Test
    void readsPagesWhileTheyAreBeingWritten() throws Exception {
        byte[] ones = new byte[SIZE];
        Arrays.fill(ones, (byte) 1);
        byte[] twos = new byte[SIZE];
        Arrays.fill(twos, (byte) 2);
        write(blob, 0, ones);
        try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
            Future<?> written = writer.submit(() -> {
                for (int i = 0; i < 20; i++) {
                    write(blob, 0, i % 2 == 0 ? twos : ones);
                }
            });
            while (!written.isDone()) {
                String text = new String(blob.downloadContent().toBytes(), StandardCharsets.ISO_8859_1);
                assertThat(text).hasSize(SIZE);
                assertThat(text.chars().distinct().boxed().toList()).isSubsetOf(1, 2);
            }
            written.get();
        }
        assertThat(blob.downloadContent().toBytes()).isEqualTo(ones);
    }

    @Test
    void clearPagesAreZerosOnTheDisk() throws IOException {
        byte[] before = Files.readAllBytes(world.file("raw", "disk"));
        write(blob, 3, secret(300));
        blob.clearPages(PageNumbers.range(0, SIZE / 512));
        assertThat(Files.readAllBytes(world.file("raw", "disk"))).isEqualTo(before);
        assertThat(blob.downloadContent().toBytes()).isEqualTo(new byte[SIZE]);
    }

    @Test
    void filesDoNotGrowByAppends() {
        write(blob, 0, secret(1));
        PageBlobClient plain = container(null).getBlobClient("plain").getPageBlobClient();
        plain.create(512);
        for (String name : List.of("disk", "plain")) {
            DataLakeFileClient file = world.lake("raw").getFileClient(name);
            assertThatThrownBy(() -> file.append(BinaryData.fromString("x"), 512)).isInstanceOfSatisfying(DataLakeStorageException.class,
                failure -> assertThat(failure.getStatusCode() + " " + failure.getErrorCode()).isEqualTo("409 InvalidBlobType"));
            assertThatThrownBy(() -> file.flush(512, true)).isInstanceOfSatisfying(DataLakeStorageException.class,
                failure -> assertThat(failure.getStatusCode() + " " + failure.getErrorCode()).isEqualTo("409 InvalidBlobType"));
        }
        assertThat(blob.downloadContent().toBytes()).hasSize(SIZE).startsWith(secret(1));
        assertThat(plain.getProperties().getBlobSize()).isEqualTo(512);
    }

    @Test
    void noticesPagesThatWereChangedOrExchanged() throws IOException {
        write(blob, 0, secret(2));
        Path file = world.file("raw", "disk");
        var time = Files.getLastModifiedTime(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer second = ByteBuffer.allocate(540);
            channel.read(second, 80 + 540);
            channel.write(second.flip(), 80);
        }
        Files.setLastModifiedTime(file, time);
        assertThatThrownBy(blob::downloadContent).isInstanceOf(RuntimeException.class);
    }
}
