package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import io.lazuli.storage.content.AccountSettings;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a blob was last read, as clients are shown. */
class LastAccessTimeTest {
    @TempDir
    private Path folder;

    @Test
    void isShownWhereTheAccountNotesItDown() {
        Map<String, AccountSettings> accounts = Map.of(StorageWorld.FLAT, new AccountSettings(false, false, 0, true));
        try (StorageWorld world = new StorageWorld(folder, accounts)) {
            BlobClient blob = world.container(StorageWorld.FLAT, "raw").getBlobClient("a");
            blob.upload(BinaryData.fromString("1"));
            blob.downloadContent();
            OffsetDateTime shown = blob.getProperties().getLastAccessedTime();
            assertThat(shown).isEqualTo(blob.getProperties().getLastModified());
            assertThat(world.container(StorageWorld.FLAT, "raw").listBlobs()).singleElement()
                .extracting(item -> item.getProperties().getLastAccessedTime()).isEqualTo(shown);
            BlobClient other = world.container("raw").getBlobClient("a");
            other.upload(BinaryData.fromString("1"));
            other.downloadContent();
            assertThat(other.getProperties().getLastAccessedTime()).isNull();
        }
    }
}
