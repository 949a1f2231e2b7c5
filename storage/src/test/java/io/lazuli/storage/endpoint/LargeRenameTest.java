package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of the files in a large directory while it is renamed. */
class LargeRenameTest {
    private static final int FILES = 2000;

    @TempDir
    private Path folder;

    private StorageWorld world;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void tellsOfAFileWhatIsKnownOfItAsSoonAsItIsThere() throws Exception {
        BlobContainerClient container = world.container("raw");
        DataLakeFileSystemClient lake = world.lake("raw");
        IntStream.range(0, FILES).parallel().forEach(number -> lake.createFile("big/" + number));
        lake.createFile("big/z");
        container.getBlobClient("big/z").setHttpHeaders(new BlobHttpHeaders().setContentType("text/x-own"));
        String etag = container.getBlobClient("big/z").getProperties().getETag();

        CompletableFuture<Void> renaming = CompletableFuture.runAsync(() -> lake.getDirectoryClient("big").rename(null, "moved"));
        while (!Files.exists(world.file("raw", "moved/z"))) {
            assertThat(renaming).isNotCompletedExceptionally();
            Thread.onSpinWait();
        }
        BlobProperties properties = container.getBlobClient("moved/z").getProperties();

        assertThat(properties.getContentType()).isEqualTo("text/x-own");
        assertThat(properties.getETag()).isEqualTo(etag);
        renaming.get(1, TimeUnit.MINUTES);
    }
}
