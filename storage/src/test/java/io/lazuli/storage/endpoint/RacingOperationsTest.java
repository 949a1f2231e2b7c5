package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobRetentionPolicy;
import com.azure.storage.blob.models.BlobServiceProperties;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.models.ListPathsOptions;
import com.azure.storage.file.datalake.models.PathAccessControlEntry;
import com.azure.storage.file.datalake.models.PathItem;
import io.lazuli.storage.content.AccountSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random operations of several clients on few names at once: none fails for a reason of the service's own, and what is there afterwards is
 * there after a restart as well. More of them with {@code -Dmodel.seeds=100}.
 */
class RacingOperationsTest {
    private static final int CLIENTS = 6;
    private static final int STEPS = 60;
    private static final List<String> NAMES = List.of("a", "b", "c");

    @TempDir
    private Path folder;

    private StorageWorld world;
    private DataLakeFileSystemClient lake;
    private BlobContainerClient blobs;
    private BlobContainerClient flat;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    static List<Integer> seeds() {
        return LakeModelTest.seeds();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void leaveNothingHalfDone(int seed) throws Exception {
        start();
        lake.create();
        flat.create();
        if (seed % 2 == 0) {
            BlobServiceProperties keeping = new BlobServiceProperties()
                .setDeleteRetentionPolicy(new BlobRetentionPolicy().setEnabled(true).setDays(7));
            world.blobs().setProperties(keeping);
            world.blobs(StorageWorld.FLAT).setProperties(keeping);
        }
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                Random random = new Random(seed * 100L + client);
                all.add(clients.submit(() -> {
                    for (int step = 0; step < STEPS; step++) {
                        attempt(this::onLake, random);
                        attempt(this::onFlat, random);
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        try {
            assertThat(failures).isEmpty();
            Map<String, String> before = state();
            world.close();
            start();
            assertThat(state()).isEqualTo(before);
        } finally {
            world.close();
        }
    }

    private void start() {
        world = new StorageWorld(folder, Map.of(StorageWorld.FLAT, new AccountSettings(false, true, 0)));
        lake = world.lake("lake");
        blobs = world.blobs().getBlobContainerClient("lake");
        flat = world.blobs(StorageWorld.FLAT).getBlobContainerClient("flat");
    }

    private void attempt(Consumer<Random> operation, Random random) {
        try {
            operation.accept(random);
        } catch (HttpResponseException refused) {
            if (refused.getResponse() == null || refused.getResponse().getStatusCode() >= 500) {
                failures.add(refused.getMessage());
            }
        } catch (RuntimeException failure) {
            failures.add(failure.toString());
        }
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder(NAMES.get(random.nextInt(NAMES.size())));
        while (random.nextBoolean() && path.length() < 6) {
            path.append('/').append(NAMES.get(random.nextInt(NAMES.size())));
        }
        return path.toString();
    }

    private void onLake(Random random) {
        String path = path(random);
        String text = "content " + random.nextInt(10_000);
        DataLakeFileClient file = lake.getFileClient(path);
        switch (random.nextInt(12)) {
            case 0, 1 -> blobs.getBlobClient(path).upload(BinaryData.fromString(text), true);
            case 2 -> file.upload(BinaryData.fromString(text), true);
            case 3 -> lake.createDirectory(path, true);
            case 4 -> lake.getDirectoryClient(path).deleteWithResponse(random.nextBoolean(), null, null, Context.NONE);
            case 5 -> blobs.getBlobClient(path).delete();
            case 6, 7 -> lake.getDirectoryClient(path).rename(null, path(random));
            case 8 -> file.setMetadata(Map.of("key", text));
            case 9 -> file.setAccessControlList(PathAccessControlEntry.parseList("user::rwx,group::r--,other::--"
                + (random.nextBoolean() ? "x" : "-")), null, null);
            case 10 -> {
                long end = file.getProperties().getFileSize();
                file.append(BinaryData.fromString("+"), end);
                file.flush(end + 1, true);
            }
            default -> lake.listDeletedPaths().stream().skip(random.nextInt(4)).findFirst()
                .ifPresent(gone -> lake.undeletePath(gone.getPath(), gone.getDeletionId()));
        }
    }

    private void onFlat(Random random) {
        BlobClient blob = flat.getBlobClient(path(random));
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> blob.upload(BinaryData.fromString("content " + random.nextInt(10_000)), true);
            case 3 -> blob.setMetadata(Map.of("key", Integer.toString(random.nextInt())));
            case 4 -> blob.createSnapshot();
            case 5 -> blob.deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, null, null, Context.NONE);
            case 6 -> flat.listBlobs(new ListBlobsOptions().setDetails(new BlobListDetails().setRetrieveVersions(true)), null).stream()
                .filter(item -> item.getName().equals(blob.getBlobName()) && !Boolean.TRUE.equals(item.isCurrentVersion())).findFirst()
                .ifPresent(item -> blob.getVersionClient(item.getVersionId()).delete());
            default -> blob.undelete();
        }
    }

    private Map<String, String> state() {
        Map<String, String> state = new TreeMap<>();
        for (PathItem item : lake.listPaths(new ListPathsOptions().setRecursive(true), null)) {
            DataLakeFileClient file = lake.getFileClient(item.getName());
            String content = item.isDirectory() ? "/" : blobs.getBlobClient(item.getName()).downloadContent().toString();
            String acl = PathAccessControlEntry.serializeList(file.getAccessControl().getAccessControlList());
            state.put(item.getName(), String.join(" ", content, item.getETag(), item.getOwner(),
                file.getProperties().getMetadata().toString(), acl));
        }
        lake.listDeletedPaths().forEach(gone -> state.put(gone.getPath() + " " + gone.getDeletionId(), "deleted"));
        BlobListDetails all = new BlobListDetails().setRetrieveMetadata(true).setRetrieveSnapshots(true).setRetrieveDeletedBlobs(true)
            .setRetrieveVersions(true);
        for (BlobItem item : flat.listBlobs(new ListBlobsOptions().setDetails(all), null)) {
            BlobClient blob = flat.getBlobClient(item.getName());
            String content = Boolean.TRUE.equals(item.isDeleted()) ? "deleted" : (item.getSnapshot() != null
                ? blob.getSnapshotClient(item.getSnapshot()) : blob.getVersionClient(item.getVersionId())).downloadContent().toString();
            String before = state.put("flat " + item.getName() + " " + item.getSnapshot() + " " + item.getVersionId(),
                content + " " + item.getProperties().getETag() + " " + item.getMetadata());
            assertThat(before).as(item.getName()).isNull();
        }
        return state;
    }
}
