package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Fills a small disk with blobs and empties it again. Making a disk takes rights that a build does not have: {@code storage/test-full-disk}
 * makes one and runs this.
 */
@EnabledIfSystemProperty(named = "small.disk", matches = ".+", disabledReason = "run by storage/test-full-disk")
class FullDiskTest {
    private static final int ENOUGH = 100_000;

    private final Map<String, String> put = new TreeMap<>();
    private Path folder;

    @BeforeEach
    void choose() {
        folder = Path.of(System.getProperty("small.disk")).resolve(UUID.randomUUID().toString());
    }

    private String fill(BlobContainerClient container, int bytes) {
        for (int i = put.size(); i < ENOUGH; i++) {
            String name = "blob-" + bytes + "-" + i;
            try {
                put(container, name, Integer.toString(i), bytes);
            } catch (BlobStorageException full) {
                assertThat(full.getStatusCode()).isEqualTo(507);
                assertThat(full.getErrorCode()).hasToString("InsufficientStorage");
                return name;
            }
        }
        throw new AssertionError("The disk does not become full");
    }

    private void put(BlobContainerClient container, String name, String text, int bytes) {
        container.getBlobClient(name).uploadWithResponse(new BlobParallelUploadOptions(BinaryData.fromString(text + " ".repeat(bytes)))
            .setMetadata(Map.of("text", text)), null, Context.NONE);
        put.put(name, text);
    }

    /** What is listed, each with its content and metadata. */
    private static Map<String, String> content(BlobContainerClient container) {
        Map<String, String> found = new TreeMap<>();
        ListBlobsOptions all = new ListBlobsOptions().setDetails(new BlobListDetails().setRetrieveMetadata(true));
        for (BlobItem item : container.listBlobs(all, null)) {
            String text = container.getBlobClient(item.getName()).downloadContent().toString().strip();
            assertThat(item.getMetadata()).as(item.getName()).isEqualTo(Map.of("text", text));
            found.put(item.getName(), text);
        }
        return found;
    }

    private void emptyAgain(BlobContainerClient container) {
        for (String name : List.copyOf(put.keySet())) {
            container.getBlobClient(name).delete();
            put.remove(name);
        }
        assertThat(container.listBlobs()).isEmpty();
    }

    private void fillAndEmpty(int bytes) throws IOException {
        try (StorageWorld world = new StorageWorld(folder)) {
            BlobContainerClient container = world.container("raw");
            put(container, "first", "1", 10);
            String refused = fill(container, bytes);
            assertThat(container.getBlobClient(refused).exists()).isFalse();
            BlobClient first = container.getBlobClient("first");
            assertThatThrownBy(() -> put(container, "first", "2", 1 << 20)).isInstanceOf(BlobStorageException.class);
            assertThat(content(container)).isEqualTo(put);
            assertThat(first.getProperties().getMetadata()).isEqualTo(Map.of("text", "1"));
        }
        // Started on the full disk.
        try (StorageWorld world = new StorageWorld(folder)) {
            BlobContainerClient container = world.container("raw");
            assertThat(content(container)).isEqualTo(put);
            int before = put.size();
            emptyAgain(container);
            for (int i = 0; i < before / 2; i++) {
                put(container, "again-" + i, "again" + i, bytes);
            }
            assertThat(content(container)).isEqualTo(put);
        }
        try (StorageWorld world = new StorageWorld(folder)) {
            assertThat(content(world.container("raw"))).isEqualTo(put);
            emptyAgain(world.container("raw"));
        }
    }

    @Test
    void emptiesADiskFullOfTinyBlobs() throws IOException {
        fillAndEmpty(1);
    }

    @Test
    void emptiesADiskFullOfLargerBlobs() throws IOException {
        fillAndEmpty(50_000);
    }

    @Test
    void keepsMetadataChangesUntilTheDiskIsFullAndTakesThemAgainAfterwards() throws IOException {
        FileStore disk = Files.getFileStore(folder.getParent());
        try (StorageWorld world = new StorageWorld(folder)) {
            BlobContainerClient container = world.container("raw");
            put(container, "first", "0", 10);
            put(container, "large", "x", 1_000_000);
            Path filler = folder.resolveSibling("filler");
            Files.write(filler, new byte[(int) disk.getUsableSpace()]);
            BlobClient first = container.getBlobClient("first");
            int last = 0;
            try {
                while (last < ENOUGH) {
                    first.setMetadata(Map.of("text", Integer.toString(last + 1)));
                    last++;
                }
                throw new AssertionError("The journal does not become full");
            } catch (BlobStorageException full) {
                assertThat(full.getStatusCode()).isEqualTo(507);
            }
            assertThat(first.getProperties().getMetadata()).isEqualTo(Map.of("text", Integer.toString(last)));
            container.getBlobClient("large").delete();
            first.setMetadata(Map.of("text", "after"));
            Files.delete(filler);
        }
        try (StorageWorld world = new StorageWorld(folder)) {
            BlobContainerClient container = world.container("raw");
            assertThat(container.listBlobs()).extracting(BlobItem::getName).containsExactly("first");
            assertThat(container.getBlobClient("first").getProperties().getMetadata()).isEqualTo(Map.of("text", "after"));
        }
    }

    @Test
    void cutsOffAnAppendThatDoesNotFit() {
        try (StorageWorld world = new StorageWorld(folder)) {
            BlobContainerClient container = world.container("raw");
            AppendBlobClient log = container.getBlobClient("log").getAppendBlobClient();
            log.create();
            byte[] piece = new byte[300_000];
            long whole = 0;
            try {
                while (whole < ENOUGH) {
                    log.appendBlock(new ByteArrayInputStream(piece), piece.length);
                    whole++;
                }
                throw new AssertionError("The disk does not become full");
            } catch (BlobStorageException full) {
                assertThat(full.getStatusCode()).isEqualTo(507);
            }
            assertThat(log.getProperties().getBlobSize()).isEqualTo(whole * piece.length);
            log.delete();
            put(container, "after", "1", 1000);
            assertThat(content(container)).isEqualTo(Map.of("after", "1"));
        }
    }

    @Test
    void anAppendedPieceThatDoesNotFitLeavesTheRoomThatItTook() throws IOException {
        FileStore disk = Files.getFileStore(folder.getParent());
        try (StorageWorld world = new StorageWorld(folder)) {
            world.container("raw");
            DataLakeFileClient file = world.lake("raw").getFileClient("a");
            file.create();
            file.append(BinaryData.fromString("kept"), 0);
            long before = disk.getUsableSpace();
            BinaryData large = BinaryData.fromBytes(new byte[(int) before + 1_000_000]);
            assertThatThrownBy(() -> file.append(large, 4)).isInstanceOfSatisfying(DataLakeStorageException.class,
                full -> assertThat(full.getStatusCode()).isEqualTo(507));
            assertThat(before - disk.getUsableSpace()).isLessThan(100_000);
            file.flush(4, true);
            assertThat(file.getProperties().getFileSize()).isEqualTo(4);
        }
    }
}
