package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.file.datalake.DataLakeDirectoryClient;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import com.azure.storage.file.datalake.models.PathProperties;
import com.azure.storage.file.datalake.options.DataLakePathCreateOptions;
import io.lazuli.storage.FilesBelow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and directories with keys of their clients, through the Data Lake endpoint. */
class CustomerKeyFilesTest {
    private static final byte[] KEY = StorageWorld.customerKey(1);
    private static final String USES = "409 BlobUsesCustomerSpecifiedEncryption";
    private static final String USES_NONE = "409 BlobDoesNotUseCustomerSpecifiedEncryption";

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

    private DataLakeFileSystemClient lake(byte[] key) {
        return world.lake("raw", key);
    }

    private DataLakeFileClient file(String name, byte[] key) {
        return lake(key).getFileClient(name);
    }

    private static String outcome(ThrowingCallable call) {
        try {
            call.call();
            return "done";
        } catch (DataLakeStorageException failure) {
            return failure.getStatusCode() + " " + failure.getErrorCode();
        } catch (BlobStorageException failure) {
            return failure.getStatusCode() + " " + failure.getErrorCode();
        } catch (Throwable other) {
            throw new AssertionError(other);
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] read(DataLakeFileClient file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.read(out);
        return out.toByteArray();
    }

    private static void append(DataLakeFileClient file, byte[] bytes, int from, int end) {
        file.append(BinaryData.fromBytes(Arrays.copyOfRange(bytes, from, end)), from);
    }

    @Test
    void encryptsWhatIsAppendedInAnyOrderAndFlushedInParts() {
        DataLakeFileClient file = file("a", KEY);
        file.create();
        byte[] bytes = random(400_000);
        append(file, bytes, 300_000, 400_000);
        append(file, bytes, 65_000, 200_001);
        append(file, bytes, 0, 70_000);
        append(file, bytes, 150_000, 300_000);
        file.flushWithResponse(100_001, true, false, null, null, null, null);
        assertThat(read(file)).isEqualTo(Arrays.copyOf(bytes, 100_001));
        append(file, bytes, 100_001, 160_000);
        assertThat(outcome(() -> file.flush(400_001, true))).isEqualTo("400 InvalidFlushPosition");
        file.flush(400_000, true);
        assertThat(read(file)).isEqualTo(bytes);
        assertThat(file.getProperties().getFileSize()).isEqualTo(400_000);
        assertThat(lake(null).listPaths()).extracting(path -> path.getContentLength()).containsExactly(400_000L);
    }

    @Test
    void leavesNothingReadableOnTheDisk() throws IOException {
        DataLakeFileClient file = file("a", KEY);
        file.create();
        byte[] secret = "secret words ".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        append(file, secret, 0, secret.length);
        assertThat(FilesBelow.content(folder)).doesNotContain("secret");
        file.flush(secret.length, true);
        assertThat(FilesBelow.content(folder)).doesNotContain("secret");
        assertThat(read(file)).isEqualTo(secret);
        DataLakeFileClient log = file("log", KEY);
        log.createWithResponse(new DataLakePathCreateOptions(), null, null);
        log.upload(BinaryData.fromBytes(secret), true);
        log.rename(null, "renamed");
        assertThat(read(file("renamed", KEY))).isEqualTo(secret);
        assertThat(FilesBelow.content(folder)).doesNotContain("secret");
    }

    @Test
    void whatWasAppendedBeforeAFileWasReplacedIsForgotten() throws IOException {
        DataLakeFileClient plain = file("a", null);
        plain.create();
        plain.append(BinaryData.fromString("old words"), 0);
        world.blobs(KEY).getBlobContainerClient("raw").getBlobClient("a").upload(BinaryData.fromString("text"), true);
        DataLakeFileClient file = file("a", KEY);
        assertThat(outcome(() -> file.flush(9, true))).isEqualTo("400 InvalidFlushPosition");
        file.append(BinaryData.fromString(" secret"), 4);
        assertThat(FilesBelow.content(folder)).doesNotContain("secret");
        file.flush(11, true);
        file.flush(11, true);
        assertThat(read(file)).asString().isEqualTo("text secret");
        assertThat(FilesBelow.content(folder)).doesNotContain("secret");
    }

    @Test
    void refusesOtherKeysAndNone() {
        DataLakeFileClient file = file("a", KEY);
        file.create();
        DataLakeFileClient without = file("a", null);
        BinaryData text = BinaryData.fromString("text");
        assertThat(outcome(() -> without.append(text, 0))).isEqualTo(USES);
        assertThat(outcome(() -> file("a", StorageWorld.customerKey(2)).append(text, 0)))
            .isEqualTo("409 BlobCustomerSpecifiedEncryptionMismatch");
        file.append(text, 0);
        assertThat(outcome(() -> without.flush(4, true))).isEqualTo(USES);
        file.flush(4, true);
        assertThat(outcome(() -> read(without))).isEqualTo(USES);
        assertThat(outcome(() -> without.getProperties())).isEqualTo(USES);
        assertThat(outcome(() -> without.setMetadata(Map.of("k", "v")))).isEqualTo(USES);
        DataLakeFileClient plain = file("plain", null);
        plain.create();
        assertThat(outcome(() -> file("plain", KEY).append(text, 0))).isEqualTo(USES_NONE);
        plain.append(text, 0);
        assertThat(outcome(() -> file("plain", KEY).flush(4, true))).isEqualTo(USES_NONE);
        plain.flush(4, true);
        assertThat(outcome(() -> read(file("plain", KEY)))).isEqualTo(USES_NONE);
        assertThat(outcome(() -> file("plain", KEY).getProperties())).isEqualTo(USES_NONE);
    }

    @Test
    void whatIsNotContentNeedsNoKey() {
        DataLakeFileClient file = file("a", KEY);
        file.create();
        file.upload(BinaryData.fromString("text"), true);
        DataLakeFileClient without = file("a", null);
        assertThat(outcome(() -> without.setPermissions(without.getAccessControl().getPermissions(), null, null))).isEqualTo("done");
        assertThat(without.exists()).isTrue();
        assertThat(outcome(() -> without.rename(null, "b"))).isEqualTo("done");
        PathProperties properties = file("b", KEY).getProperties();
        assertThat(properties.getEncryptionKeySha256()).isEqualTo(StorageWorld.hash(KEY));
        assertThat(outcome(() -> file("b", null).delete())).isEqualTo("done");
    }

    @Test
    void directoriesAreShownAndDescribedWithTheirKey() {
        DataLakeDirectoryClient directory = lake(KEY).getDirectoryClient("d");
        directory.create();
        directory.setMetadata(Map.of("k", "v"));
        assertThat(directory.getProperties().getMetadata()).containsEntry("k", "v");
        DataLakeDirectoryClient without = lake(null).getDirectoryClient("d");
        assertThat(outcome(without::getProperties)).isEqualTo(USES);
        assertThat(outcome(() -> without.setMetadata(Map.of()))).isEqualTo(USES);
        lake(null).createDirectory("plain");
        assertThat(outcome(() -> lake(KEY).getDirectoryClient("plain").getProperties())).isEqualTo(USES_NONE);
        assertThat(outcome(() -> lake(KEY).getDirectoryClient("plain").setMetadata(Map.of()))).isEqualTo(USES_NONE);
        assertThat(outcome(without::delete)).isEqualTo("done");
    }

    @Test
    void directoriesThatCameWithAFileTakeAnyKeyUntilTheyAreDescribed() {
        file("a/b/c", KEY).create();
        DataLakeDirectoryClient keyed = lake(KEY).getDirectoryClient("a/b");
        DataLakeDirectoryClient without = lake(null).getDirectoryClient("a/b");
        assertThat(keyed.getProperties().isDirectory()).isTrue();
        assertThat(without.getProperties().isDirectory()).isTrue();
        assertThat(world.blobs(KEY).getBlobContainerClient("raw").getBlobClient("a/b").getProperties().getMetadata())
            .containsEntry("hdi_isfolder", "true");
        keyed.setMetadata(Map.of("k", "v"));
        assertThat(keyed.getProperties().getMetadata()).containsEntry("k", "v");
        assertThat(keyed.getProperties().getEncryptionKeySha256()).isEqualTo(StorageWorld.hash(KEY));
        assertThat(outcome(without::getProperties)).isEqualTo(USES);
        lake(null).getDirectoryClient("a").setMetadata(Map.of("k", "v"));
        assertThat(outcome(() -> lake(KEY).getDirectoryClient("a").getProperties())).isEqualTo(USES_NONE);
    }
}
