package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.blob.specialized.BlockBlobClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs that are encrypted with keys of their clients, as Azure's own client sees them. */
class CustomerKeyTest {
    private static final byte[] KEY = StorageWorld.customerKey(1);

    @TempDir
    private Path folder;

    private StorageWorld world;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
        world.container("raw");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private BlobClient blob(String name, byte[] key) {
        return world.blobs(key).getBlobContainerClient("raw").getBlobClient(name);
    }

    private static void assertCode(ThrowingCallable call, int status, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BlobStorageException.class, failure -> {
            assertThat(failure.getErrorCode()).isEqualTo(BlobErrorCode.fromString(code));
            assertThat(failure.getStatusCode()).isEqualTo(status);
        });
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] range(BlobClient blob, long offset, long count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        blob.downloadStreamWithResponse(out, new BlobRange(offset, count), null, null, false, null, Context.NONE);
        return out.toByteArray();
    }

    @Test
    void encryptsContentWithTheClientsKey() throws IOException {
        for (int size : new int[] {0, 1, 65_535, 65_536, 65_537, 300_000, 3_000_000}) {
            byte[] bytes = random(size);
            BlobClient blob = blob("a" + size, KEY);
            blob.upload(BinaryData.fromBytes(bytes));
            assertThat(blob.downloadContent().toBytes()).isEqualTo(bytes);
            assertThat(blob.getProperties().getBlobSize()).isEqualTo(size);
            assertThat(blob.getProperties().getEncryptionKeySha256()).isEqualTo(StorageWorld.hash(KEY));
        }
        byte[] whole = random(300_000);
        BlobClient blob = blob("a300000", KEY);
        assertThat(range(blob, 65_530, 20)).isEqualTo(Arrays.copyOfRange(whole, 65_530, 65_550));
        assertThat(range(blob, 299_990, 100)).isEqualTo(Arrays.copyOfRange(whole, 299_990, 300_000));
        byte[] text = "secret words".repeat(100).getBytes(StandardCharsets.UTF_8);
        blob("text", KEY).upload(BinaryData.fromBytes(text));
        assertThat(Files.readString(world.file("raw", "text"), StandardCharsets.ISO_8859_1)).doesNotContain("secret");
        assertThat(world.container("raw").listBlobs().stream().filter(item -> item.getName().equals("text")).findFirst().orElseThrow()
            .getProperties().getContentLength()).isEqualTo(text.length);
    }

    @Test
    void refusesOtherKeysAndNone() {
        BlobClient blob = blob("a", KEY);
        blob.upload(BinaryData.fromString("secret"));
        assertCode(() -> blob("a", null).downloadContent(), 409, "BlobUsesCustomerSpecifiedEncryption");
        assertCode(() -> blob("a", null).setMetadata(Map.of("k", "v")), 409, "BlobUsesCustomerSpecifiedEncryption");
        assertCode(() -> blob("b", null).copyFromUrl(StorageWorld.signed(blob("a", null)).replace("https:", "http:")), 409,
            "BlobUsesCustomerSpecifiedEncryption");
        assertCode(() -> blob("a", StorageWorld.customerKey(2)).downloadContent(), 409, "BlobCustomerSpecifiedEncryptionMismatch");
        blob("plain", null).upload(BinaryData.fromString("x"));
        assertCode(() -> blob("plain", KEY).downloadContent(), 409, "BlobDoesNotUseCustomerSpecifiedEncryption");
        blob.setMetadata(Map.of("k", "v"));
        assertThat(blob.getProperties().getMetadata()).isEqualTo(Map.of("k", "v"));
        assertThat(world.container("raw").listBlobs(new ListBlobsOptions().setPrefix("a")
            .setDetails(new BlobListDetails().setRetrieveMetadata(true)), null)).extracting(BlobItem::getMetadata)
            .containsOnlyNulls();
        blob("a", null).setTags(Map.of("t", "1"));
        blob("a", null).delete();
        assertThat(blob("a", null).exists()).isFalse();
    }

    @Test
    void encryptsBlocks() {
        BlockBlobClient blob = blob("blocks", KEY).getBlockBlobClient();
        String one = Base64.getEncoder().encodeToString("1".getBytes(StandardCharsets.UTF_8));
        String two = Base64.getEncoder().encodeToString("2".getBytes(StandardCharsets.UTF_8));
        byte[] first = random(100_000);
        blob.stageBlock(one, BinaryData.fromBytes(first));
        blob.stageBlock(two, BinaryData.fromString("end"));
        assertThat(blob.listBlocks(BlockListType.UNCOMMITTED).getUncommittedBlocks().getFirst().getSizeLong()).isEqualTo(100_000);
        assertCode(() -> blob("blocks", null).getBlockBlobClient().commitBlockList(List.of(one)), 409,
            "BlobUsesCustomerSpecifiedEncryption");
        assertCode(() -> blob("blocks", StorageWorld.customerKey(2)).getBlockBlobClient().commitBlockList(List.of(one)), 409,
            "BlobCustomerSpecifiedEncryptionMismatch");
        blob.commitBlockList(List.of(one, two));
        blob.commitBlockList(List.of(two, one), true);
        blob("plain", null).getBlockBlobClient().stageBlock(one, BinaryData.fromString("plain"));
        assertCode(() -> blob("plain", KEY).getBlockBlobClient().commitBlockList(List.of(one)), 409,
            "BlobDoesNotUseCustomerSpecifiedEncryption");
        byte[] expected = new byte[100_003];
        System.arraycopy("end".getBytes(StandardCharsets.UTF_8), 0, expected, 0, 3);
        System.arraycopy(first, 0, expected, 3, first.length);
        assertThat(blob.downloadContent().toBytes()).isEqualTo(expected);
    }

    @Test
    void encryptsWhatIsAppended() throws IOException {
        AppendBlobClient log = blob("log", KEY).getAppendBlobClient();
        log.create();
        for (int i = 0; i < 3; i++) {
            log.appendBlock(new ByteArrayInputStream("secret".getBytes(StandardCharsets.UTF_8)), 6);
        }
        assertThat(log.downloadContent().toString()).isEqualTo("secretsecretsecret");
        assertThat(Files.readString(world.file("raw", "log"), StandardCharsets.ISO_8859_1)).doesNotContain("secret");
        assertCode(() -> blob("log", null).getAppendBlobClient().appendBlock(new ByteArrayInputStream(new byte[1]), 1), 409,
            "BlobUsesCustomerSpecifiedEncryption");
    }

    @Test
    void noticesThatContentWasChanged() throws IOException {
        BlobClient blob = blob("a", KEY);
        blob.upload(BinaryData.fromBytes(random(100_000)));
        Path file = world.file("raw", "a");
        var time = Files.getLastModifiedTime(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[200] ^= 1;
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, time);
        assertThatThrownBy(blob::downloadContent).isInstanceOf(RuntimeException.class);
    }
}
