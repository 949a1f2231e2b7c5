package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.models.BlobContainerItem;
import com.azure.storage.blob.models.BlobContainerListDetails;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.ListBlobContainersOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    private final Queue<Exception> mistakes = new ConcurrentLinkedQueue<>();
    private volatile boolean killing;

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
                mistakes.add(failure);
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
        List<String> names = new ArrayList<>();
        try (KillableService server = new KillableService(folder)) {
            server.start();
            for (int i = 0; i < CONTAINERS; i++) {
                names.add(create(server.blobs(StorageWorld.ACCOUNT), "c0" + i));
            }
            for (int round = 0; round < ROUNDS; round++) {
                killWhileWorking(server, names, random.nextInt(LONGEST_MILLIS));
                assertThat(mistakes).isEmpty();
                server.start();
                BlobServiceClient after = server.blobs(StorageWorld.ACCOUNT);
                names.forEach(name -> assertWhole(after, name));
            }
        }
        assertThat(done.get()).isPositive();
    }

    private static String create(BlobServiceClient service, String name) {
        BlobContainerClient container = service.createBlobContainer(name);
        container.setMetadata(Map.of("name", name.substring(1)));
        container.getBlobClient("in/a.txt").upload(BinaryData.fromString(name));
        container.getBlobClient("in/a.txt").setHttpHeaders(new BlobHttpHeaders().setContentType("text/x-" + name));
        return name;
    }

    private void killWhileWorking(KillableService server, List<String> names, int millis) throws InterruptedException {
        List<Thread> workers = new ArrayList<>();
        BlobServiceClient service = server.blobs(StorageWorld.ACCOUNT);
        names.forEach(name -> workers.add(Thread.ofVirtual().start(() -> deleteAndRestore(service, name))));
        int before = done.get();
        while (done.get() < before + CONTAINERS && mistakes.isEmpty() && server.isAlive()) {
            Thread.sleep(10);
        }
        Thread.sleep(millis);
        killing = true;
        server.kill();
        for (Thread worker : workers) {
            worker.join();
        }
        killing = false;
    }
}
