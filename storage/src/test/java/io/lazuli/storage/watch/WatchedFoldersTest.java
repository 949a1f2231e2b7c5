package io.lazuli.storage.watch;

import static io.lazuli.foundation.LazuliException.failure;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.Durability;
import io.lazuli.storage.Lake;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.event.EventScope;
import io.lazuli.storage.metadata.MetadataStore;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of failures of those who get what is in watched folders. */
class WatchedFoldersTest {
    private static final BlobAddress CONTAINER = new BlobAddress("contoso", "raw", "");

    @TempDir
    private Path folder;

    private static void fail(BlobAddress folder) {
        throw failure(CommonError.IO_ERROR, "%s cannot be noted", folder.key());
    }

    @Test
    void tellsThatWhatIsInAFolderCannotBeNoted() throws IOException {
        Files.createDirectories(folder.resolve("lake/contoso/raw/in"));
        try (Lake lake = new Lake(folder.resolve("lake"), Map.of());
                MetadataStore metadata = new MetadataStore(folder.resolve("metadata"), Durability.PROCESS);
                KnownFiles known = new KnownFiles(lake, metadata, Set.of(new EventScope("contoso", "raw", "")));
                WatchedFolders folders = new WatchedFolders(lake, known, FileSystems.getDefault()::newWatchService)) {
            assertThatThrownBy(() -> folders.watch(CONTAINER, (place, files, below) -> fail(place))).isInstanceOf(LazuliException.class);
            assertThatThrownBy(() -> folders.lookForContainers((place, files, below) -> fail(place))).isInstanceOf(LazuliException.class);
        }
    }
}
