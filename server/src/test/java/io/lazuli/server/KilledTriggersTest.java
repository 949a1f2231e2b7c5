package io.lazuli.server;

import static io.lazuli.server.ServedWorkspace.copying;
import static io.lazuli.server.ServedWorkspace.onBlobs;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.lazuli.datafactory.run.RunRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is killed with {@code kill -9} runs its triggers for each blob that it had acknowledged, and for each once. */
class KilledTriggersTest {
    private static final int ROUNDS = 6;
    private static final int WRITERS = 4;

    @TempDir
    private Path folder;

    @Test
    void runsOnceForEachAcknowledgedBlob() throws Exception {
        copying(folder, "load", "clean");
        onBlobs(folder, "on_raw", "load", "'events': ['Microsoft.Storage.BlobCreated'], 'blobPathBeginsWith': '/raw/'");
        Random random = new Random(7);
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        AtomicInteger names = new AtomicInteger();
        for (int round = 0; round < ROUNDS; round++) {
            Path ready = folder.resolve("ready" + round);
            Process process = start(ready);
            try {
                ServedWorkspace.await(() -> Files.exists(ready) || !process.isAlive());
                assertThat(process.isAlive()).as(() -> output()).isTrue();
                putUntilKilled(Files.readString(ready), process, acknowledged, names, 1 + random.nextInt(25));
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        assertThat(acknowledged).isNotEmpty();
        try (ServedWorkspace served = new ServedWorkspace(folder)) {
            ServedWorkspace.await(() -> files(served.runs()).containsAll(acknowledged)
                && served.runs().stream().allMatch(ServedWorkspace::succeeded));
            List<String> ran = served.runs().stream().map(run -> run.request().parameters().get("file").asString()).toList();
            assertThat(ran).doesNotHaveDuplicates();
            BlobContainerClient clean = served.blobs().getBlobContainerClient("clean");
            assertThat(acknowledged).allSatisfy(name ->
                assertThat(clean.getBlobClient("done/" + name).downloadContent()).hasToString(name));
        }
    }

    private static Set<String> files(List<RunRecord> runs) {
        return runs.stream().map(run -> run.request().parameters().get("file").asString()).collect(Collectors.toSet());
    }

    private void putUntilKilled(String connectionString, Process process, Set<String> acknowledged, AtomicInteger names, int puts) {
        BlobContainerClient raw = new BlobServiceClientBuilder().connectionString(connectionString)
            .retryOptions(new RequestRetryOptions(RetryPolicyType.FIXED, 1, 120, null, null, null)).buildClient()
            .getBlobContainerClient("raw");
        raw.createIfNotExists();
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            for (int i = 0; i < WRITERS; i++) {
                writers.submit(() -> {
                    while (process.isAlive()) {
                        String name = "blob" + names.incrementAndGet();
                        try {
                            raw.getBlobClient(name).upload(BinaryData.fromString(name));
                            acknowledged.add(name);
                        } catch (RuntimeException killed) {
                            // Whether it was killed, or failed for another reason, the number of acknowledged blobs tells.
                            return;
                        }
                    }
                });
            }
            int enough = acknowledged.size() + puts;
            ServedWorkspace.await(() -> acknowledged.size() >= enough || !process.isAlive());
            process.destroyForcibly();
        }
    }

    private Process start(Path ready) throws Exception {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
            ServedWorkspace.class.getName(), folder.toString(), ready.toString()).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output").toFile())).start();
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (java.io.IOException problem) {
            return problem.toString();
        }
    }
}
