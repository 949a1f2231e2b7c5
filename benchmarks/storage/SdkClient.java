import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The official SDK, as programs use it. */
final class SdkClient implements AutoCloseable {
    private final BlobServiceClient service;
    private final BlobContainerClient container;
    private final Path downloaded;

    SdkClient(String endpoint, Path work) {
        service = new BlobServiceClientBuilder().endpoint(endpoint)
            .credential(new StorageSharedKeyCredential(Service.ACCOUNT, Service.KEY)).buildClient();
        container = service.getBlobContainerClient("sdk");
        downloaded = work.resolve("downloaded");
    }

    void put(String name, byte[] content) {
        container.getBlobClient(name).upload(BinaryData.fromBytes(content), true);
    }

    void get(String name) {
        container.getBlobClient(name).downloadContent();
    }

    void upload(String name, Path file) {
        container.getBlobClient(name).uploadFromFile(file.toString(), true);
    }

    void download(String name) {
        container.getBlobClient(name).downloadToFile(downloaded.toString(), true);
    }

    /** Reads it without writing it anywhere. */
    void read(String name) {
        container.getBlobClient(name).downloadStream(OutputStream.nullOutputStream());
    }

    void delete(String containerName, String name) {
        service.getBlobContainerClient(containerName).getBlobClient(name).delete();
    }

    int list(String containerName) {
        int[] found = {0};
        service.getBlobContainerClient(containerName).listBlobs(new ListBlobsOptions().setMaxResultsPerPage(5000), null)
            .forEach(blob -> found[0]++);
        return found[0];
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(downloaded);
    }
}
