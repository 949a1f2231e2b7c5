package io.lazuli.storage.endpoint;

import com.azure.storage.blob.models.BlobRetentionPolicy;
import com.azure.storage.blob.models.BlobServiceProperties;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares a service with a {@link LakeModel}. For more seeds: {@code -Dmodel.seeds=100}, after others with {@code -Dmodel.first=100}. */
class LakeModelTest {
    private static final int STEPS = 120;

    @TempDir
    private Path folder;

    private StorageWorld world;

    static List<Integer> seeds() {
        int count = Integer.getInteger("model.seeds", 4);
        List<Integer> seeds = new ArrayList<>();
        for (int seed = 1; seed <= count; seed++) {
            seeds.add(Integer.getInteger("model.first", 0) + seed);
        }
        return seeds;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsThereIsWhatWasDone(int seed) {
        boolean keeps = seed % 2 == 0;
        LakeModel model = new LakeModel(new Random(seed), keeps);
        start(model);
        world.lake("lake").create();
        if (keeps) {
            world.blobs().setProperties(new BlobServiceProperties()
                .setDeleteRetentionPolicy(new BlobRetentionPolicy().setEnabled(true).setDays(7)));
        }
        try {
            for (int step = 0; step < STEPS; step++) {
                model.step();
                model.assertListed();
                if (step % 40 == 39) {
                    world.close();
                    start(model);
                    model.assertListed();
                }
                if (step % 20 == 19) {
                    model.assertAll();
                }
            }
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("seed " + seed + " after " + model.done(), failure);
        } finally {
            world.close();
        }
    }

    private void start(LakeModel model) {
        world = new StorageWorld(folder);
        model.use(world.lake("lake"), world.blobs().getBlobContainerClient("lake"));
    }
}
