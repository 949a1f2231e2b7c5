package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.models.BlobRetentionPolicy;
import com.azure.storage.blob.models.BlobServiceProperties;
import io.lazuli.storage.endpoint.CrashScenario.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the service under writers of all that Azure keeps beside contents; afterwards each request was done as a whole or not at all. */
class CrashScenariosTest {
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 3);
    private static final int WRITERS_EACH = 2;
    private static final int LONGEST_MILLIS = 500;

    private final Queue<Throwable> mistakes = new ConcurrentLinkedQueue<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final Random random = new Random(42);
    private volatile boolean killing;

    @TempDir
    private Path folder;

    /** One that goes through a scenario again and again, with a new name each time. */
    private final class Writer {
        private final CrashScenario scenario;
        private final int number;
        private int turn;
        private int done;
        private String seen = "";

        Writer(CrashScenario scenario, int number) {
            this.scenario = scenario;
            this.number = number;
        }

        private String name() {
            return scenario.name() + number + "-" + turn;
        }

        void write(KillableService service) {
            try {
                while (true) {
                    List<Step> steps = scenario.steps(service, name());
                    while (done < steps.size()) {
                        steps.get(done).request().run();
                        seen = steps.get(done).after();
                        done++;
                        acknowledged.incrementAndGet();
                    }
                    next();
                }
            } catch (RuntimeException failure) {
                // Each writer ends so when the service is gone.
                if (!killing) {
                    mistakes.add(new AssertionError(name() + " after " + done + " steps", failure));
                }
            }
        }

        private void next() {
            turn++;
            done = 0;
            seen = "";
        }

        void compare(KillableService service) {
            List<Step> steps = scenario.steps(service, name());
            String found = scenario.observe(service, name());
            if (done == steps.size()) {
                assertThat(found).as(name()).isEqualTo(seen);
                next();
                return;
            }
            assertThat(found).as("%s after %d steps", name(), done).isIn(seen, steps.get(done).after());
            if (!found.equals(seen)) {
                seen = found;
                done++;
            }
        }
    }

    @Test
    void doesEachRequestAsAWholeOrNotAtAll() throws Exception {
        List<Writer> writers = new ArrayList<>();
        for (CrashScenario scenario : CrashScenario.values()) {
            for (int i = 0; i < WRITERS_EACH; i++) {
                writers.add(new Writer(scenario, i));
            }
        }
        try (KillableService service = new KillableService(folder)) {
            service.start();
            prepare(service);
            for (int round = 0; round < ROUNDS; round++) {
                killUnder(service, writers);
                service.start();
                writers.forEach(writer -> writer.compare(service));
            }
        }
        assertThat(acknowledged).hasPositiveValue();
    }

    private void prepare(KillableService service) {
        BlobServiceProperties keep = new BlobServiceProperties()
            .setDeleteRetentionPolicy(new BlobRetentionPolicy().setEnabled(true).setDays(7));
        for (String account : List.of(StorageWorld.ACCOUNT, StorageWorld.FLAT, ServedFolder.VERSIONS, ServedFolder.KEPT,
                ServedFolder.RENAMED)) {
            BlobServiceClient blobs = service.blobs(account);
            blobs.createBlobContainer("raw");
            if (account.equals(StorageWorld.FLAT) || account.equals(ServedFolder.KEPT)) {
                blobs.setProperties(keep);
            }
        }
    }

    private void killUnder(KillableService service, List<Writer> writers) throws InterruptedException {
        List<Thread> threads = writers.stream().map(writer -> Thread.ofVirtual().start(() -> writer.write(service))).toList();
        long before = acknowledged.get();
        while (acknowledged.get() < before + 4L * writers.size() && mistakes.isEmpty() && service.isAlive()) {
            Thread.sleep(10);
        }
        Thread.sleep(random.nextInt(LONGEST_MILLIS));
        killing = true;
        service.kill();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(mistakes).isEmpty();
        killing = false;
    }
}
