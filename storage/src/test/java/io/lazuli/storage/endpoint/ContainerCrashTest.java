package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobContainerItem;
import com.azure.storage.blob.models.BlobContainerListDetails;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.ListBlobContainersOptions;
import com.azure.storage.common.StorageSharedKeyCredential;
import io.lazuli.governance.secret.SecretStore;
import io.lazuli.storage.authorisation.AccountKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the service while containers are deleted and restored: each is there or can be restored, whole. */
class ContainerCrashTest {
    private static final int ROUNDS = 3;
    private static final int CONTAINERS = 6;
    private static final int LONGEST_MILLIS = 300;

    @TempDir
    private Path folder;

    private final AtomicInteger done = new AtomicInteger();
    private volatile boolean killing;
    private String url;

    private Process start() throws Exception {
        Path port = folder.resolve("port");
        Files.deleteIfExists(port);
        Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx256m", "-cp",
            System.getProperty("java.class.path"), ServedFolder.class.getName(), folder.toString(), port.toString())
            .redirectErrorStream(true).redirectOutput(folder.resolve("server.log").toFile()).start();
        while (!Files.exists(port)) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(20);
        }
        url = Files.readString(port);
        return process;
    }

    private BlobServiceClient service() {
        String key = new AccountKeys(new SecretStore(folder, name -> null), false).ensure(StorageWorld.ACCOUNT);
        return new BlobServiceClientBuilder().endpoint(url).credential(new StorageSharedKeyCredential(StorageWorld.ACCOUNT, key))
            .retryOptions(StorageWorld.once()).buildClient();
    }

    private static List<BlobContainerItem> deleted(BlobServiceClient service, String name) {
        return service.listBlobContainers(new ListBlobContainersOptions().setPrefix(name)
            .setDetails(new BlobContainerListDetails().setRetrieveDeleted(true)), null).stream()
            .filter(item -> Boolean.TRUE.equals(item.isDeleted())).toList();
    }

    private void deleteAndRestore(BlobServiceClient service, String name) {
        try {
            while (!killing) {
                service.deleteBlobContainer(name);
                service.undeleteBlobContainer(name, deleted(service, name).getFirst().getVersion());
                done.incrementAndGet();
            }
        } catch (RuntimeException failure) {
            if (!killing) {
                throw failure;
            }
        }
    }

    private void assertWhole(BlobServiceClient service, String name) {
        List<BlobContainerItem> gone = deleted(service, name);
        BlobContainerClient container = service.getBlobContainerClient(name);
        assertThat(gone.size() + (container.exists() ? 1 : 0)).isEqualTo(1);
        if (!gone.isEmpty()) {
            service.undeleteBlobContainer(name, gone.getFirst().getVersion());
        }
        assertThat(container.getProperties().getMetadata()).isEqualTo(Map.of("name", name.substring(1)));
        assertThat(container.getBlobClient("in/a.txt").downloadContent().toString()).isEqualTo(name);
        assertThat(container.getBlobClient("in/a.txt").getProperties().getContentType()).isEqualTo("text/x-" + name);
    }

    @Test
    void keepsOrRestoresEachContainerWhole() throws Exception {
        Random random = new Random(7);
        Process server = start();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < CONTAINERS; i++) {
            String name = "c0" + i;
            BlobContainerClient container = service().createBlobContainer(name);
            container.setMetadata(Map.of("name", name.substring(1)));
            container.getBlobClient("in/a.txt").upload(BinaryData.fromString(name));
            container.getBlobClient("in/a.txt").setHttpHeaders(
                new BlobHttpHeaders().setContentType("text/x-" + name));
            names.add(name);
        }
        for (int round = 0; round < ROUNDS; round++) {
            List<Thread> workers = new ArrayList<>();
            BlobServiceClient service = service();
            names.forEach(name -> workers.add(Thread.ofVirtual().start(() -> deleteAndRestore(service, name))));
            int before = done.get();
            while (done.get() < before + CONTAINERS && server.isAlive()) {
                Thread.sleep(10);
            }
            Thread.sleep(random.nextInt(LONGEST_MILLIS));
            killing = true;
            server.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            for (Thread worker : workers) {
                worker.join();
            }
            killing = false;
            server = start();
            BlobServiceClient after = service();
            names.forEach(name -> assertWhole(after, name));
        }
        server.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        assertThat(done.get()).isPositive();
    }
}
