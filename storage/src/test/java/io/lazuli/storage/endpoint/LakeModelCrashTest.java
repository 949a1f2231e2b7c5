package io.lazuli.storage.endpoint;

import com.azure.core.exception.HttpResponseException;
import com.azure.storage.blob.models.BlobRetentionPolicy;
import com.azure.storage.blob.models.BlobServiceProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills the service at random moments of the operations of a {@link LakeModel}: what was done before is there, and the operation that was
 * under way is done whole or not at all, but for directories above what it was to make. More of it with {@code -Dcrash.rounds=30}.
 */
class LakeModelCrashTest {
    private static final int CRASHES = 2 * Integer.getInteger("crash.rounds", 3);
    private static final int LONGEST_MICROS = 200_000;

    @TempDir
    private Path folder;

    private KillableService service;
    private Thread killer;

    static List<Boolean> keeping() {
        return List.of(false, true);
    }

    @ParameterizedTest
    @MethodSource("keeping")
    void leavesNothingHalfDone(boolean keeps) throws Exception {
        Random moments = new Random(Integer.getInteger("model.first", 0));
        LakeModel model = new LakeModel(new Random(Integer.getInteger("model.first", 0)), keeps);
        service = new KillableService(folder);
        start(model);
        service.lake(ServedFolder.KEPT).getFileSystemClient("lake").create();
        if (keeps) {
            service.blobs(ServedFolder.KEPT).setProperties(new BlobServiceProperties()
                .setDeleteRetentionPolicy(new BlobRetentionPolicy().setEnabled(true).setDays(7)));
        }
        model.expectCrashes(failure -> isCrash(failure, model));
        try {
            for (int crash = 0; crash < CRASHES; crash++) {
                killer = killAfter(moments.nextInt(LONGEST_MICROS));
                LakeModel before;
                do {
                    before = model.copy();
                    model.step();
                } while (!model.done().getLast().startsWith("crash"));
                compare(model, before);
            }
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("after " + model.done() + "; the service, "
                + (service.isAlive() ? "alive: " : "dead: ") + service.log(), failure);
        } finally {
            service.close();
        }
    }

    private void compare(LakeModel model, LakeModel before) {
        try {
            model.assertListed();
            model.assertAll();
        } catch (AssertionError | HttpResponseException undone) {
            if (!model.done().getLast().equals("crash")) {
                throw undone;
            }
            model.set(before);
            model.acceptParents();
            try {
                model.assertListed();
                model.assertAll();
            } catch (AssertionError | HttpResponseException half) {
                half.addSuppressed(undone);
                throw half;
            }
        }
    }

    private Thread killAfter(int micros) {
        return Thread.ofPlatform().start(() -> {
            try {
                Thread.sleep(micros / 1000, micros % 1000 * 1000);
                service.kill();
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
        });
    }

    private boolean isCrash(RuntimeException failure, LakeModel model) {
        if (failure instanceof HttpResponseException answered && answered.getResponse() != null) {
            return false;
        }
        try {
            killer.join();
            start(model);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
        return true;
    }

    private void start(LakeModel model) throws IOException, InterruptedException {
        service.start();
        model.use(service.lake(ServedFolder.KEPT).getFileSystemClient("lake"),
            service.blobs(ServedFolder.KEPT).getBlobContainerClient("lake"));
    }
}
