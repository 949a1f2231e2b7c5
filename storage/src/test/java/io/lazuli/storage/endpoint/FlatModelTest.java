package io.lazuli.storage.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import io.lazuli.storage.content.AccountSettings;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random operations on few names of a flat account, by turns with and without versions and soft delete, against a model of what is there
 * and what is kept of it. More of them with {@code -Dmodel.seeds=100}.
 */
class FlatModelTest {
    private static final int STEPS = 120;
    private static final List<String> NAMES = List.of("a", "a/b", "a/b/c", "b", "c d", "ä/a");

    @TempDir
    private Path folder;

    private StorageWorld world;
    private BlobContainerClient container;
    private Random random;
    private boolean versions;
    private boolean keeps;
    private final Map<String, Model> model = new TreeMap<>();
    private final Map<String, String> contents = new HashMap<>();
    private final List<String> done = new ArrayList<>();

    /** A content with its metadata. */
    private record State(String content, Map<String, String> metadata) {
    }

    /** What there is of a name. */
    private static final class Model {
        private State current;
        private State deleted;
        private final List<State> snapshots = new ArrayList<>();
        private final List<State> earlier = new ArrayList<>();
        private final List<State> deletedSnapshots = new ArrayList<>();
        private final List<State> deletedVersions = new ArrayList<>();

        private Stream<String> told() {
            return Stream.of(told("current", current == null ? List.of() : List.of(current)),
                told("deleted", deleted == null ? List.of() : List.of(deleted)), told("snapshot", snapshots), told("version", earlier),
                told("deleted snapshot", deletedSnapshots), told("deleted version", deletedVersions)).flatMap(each -> each);
        }

        private static Stream<String> told(String kind, List<State> states) {
            return states.stream().map(state -> kind + " " + state.content() + " " + state.metadata());
        }
    }

    static List<Integer> seeds() {
        return LakeModelTest.seeds();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsKeptIsWhatWasDone(int seed) {
        random = new Random(seed);
        versions = seed % 2 == 0;
        keeps = seed % 4 > 1;
        start();
        container.create();
        if (keeps) {
            world.blobs(StorageWorld.FLAT).setProperties(new BlobServiceProperties()
                .setDeleteRetentionPolicy(new BlobRetentionPolicy().setEnabled(true).setDays(7)));
        }
        try {
            for (int step = 0; step < STEPS; step++) {
                step(NAMES.get(random.nextInt(NAMES.size())));
                assertListed();
                if (step % 40 == 39) {
                    world.close();
                    start();
                    done.add("restart");
                    assertListed();
                }
                if (step % 20 == 19) {
                    assertRead();
                }
            }
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("seed " + seed + (versions ? " versions" : "") + (keeps ? " keeps" : "") + " after " + done, failure);
        } finally {
            world.close();
        }
    }

    private void start() {
        world = new StorageWorld(folder, Map.of(StorageWorld.FLAT, new AccountSettings(false, versions, 0)));
        container = world.blobs(StorageWorld.FLAT).getBlobContainerClient("raw");
    }

    private Model of(String name) {
        return model.computeIfAbsent(name, none -> new Model());
    }

    private void step(String name) {
        Model of = of(name);
        BlobClient blob = container.getBlobClient(name);
        switch (random.nextInt(11)) {
            case 0, 1, 2 -> put(name, of, blob);
            case 3 -> describe(name, of, blob);
            case 4 -> snapshot(name, of, blob);
            case 5, 6 -> delete(name, of, blob);
            case 7 -> deleteSnapshot(name, of, blob);
            case 8 -> deleteVersion(name, of, blob);
            case 9 -> copy(name, of, blob);
            default -> undelete(name, of, blob);
        }
    }

    private boolean does(String what, boolean possible, Runnable operation) {
        done.add(what);
        try {
            operation.run();
        } catch (HttpResponseException refused) {
            assertThat(possible).as(what + ": " + refused.getMessage()).isFalse();
            assertThat(refused.getResponse().getStatusCode()).as(what).isBetween(400, 499);
            return false;
        }
        assertThat(possible).as(what).isTrue();
        return true;
    }

    private void replace(Model of, State state) {
        if (of.current != null) {
            if (versions) {
                of.earlier.add(of.current);
            } else if (keeps) {
                of.deletedSnapshots.add(of.current);
            }
        } else if (of.deleted != null) {
            of.deletedSnapshots.add(of.deleted);
            of.deleted = null;
        }
        of.current = state;
    }

    private void put(String name, Model of, BlobClient blob) {
        String content = "content " + contents.size();
        contents.put(md5(content), content);
        if (does("put " + name, true, () -> blob.upload(BinaryData.fromString(content), true))) {
            replace(of, new State(content, Map.of()));
        }
    }

    private void describe(String name, Model of, BlobClient blob) {
        Map<String, String> metadata = random.nextInt(3) == 0 ? Map.of() : Map.of("key", Integer.toString(random.nextInt(1000)));
        if (does("describe " + name, of.current != null, () -> blob.setMetadata(metadata))) {
            if (versions) {
                of.earlier.add(of.current);
            }
            of.current = new State(of.current.content(), metadata);
        }
    }

    private void snapshot(String name, Model of, BlobClient blob) {
        if (does("snapshot " + name, of.current != null, blob::createSnapshot)) {
            of.snapshots.add(of.current);
            if (versions) {
                of.earlier.add(of.current);
            }
        }
    }

    private void delete(String name, Model of, BlobClient blob) {
        DeleteSnapshotsOptionType option = random.nextBoolean() ? DeleteSnapshotsOptionType.INCLUDE : DeleteSnapshotsOptionType.ONLY;
        boolean named = random.nextBoolean();
        boolean possible = of.current != null && (named || of.snapshots.isEmpty());
        if (does("delete " + name + (named ? " " + option : ""), possible,
                () -> blob.deleteWithResponse(named ? option : null, null, null, Context.NONE))) {
            (keeps ? of.deletedSnapshots : new ArrayList<State>()).addAll(of.snapshots);
            of.snapshots.clear();
            if (named && option == DeleteSnapshotsOptionType.ONLY) {
                return;
            }
            if (versions) {
                of.earlier.add(of.current);
            } else if (keeps) {
                of.deleted = of.current;
            }
            of.current = null;
        }
    }

    private List<BlobItem> items(String name, BlobListDetails details) {
        return container.listBlobs(new ListBlobsOptions().setDetails(details.setRetrieveMetadata(true)), null).stream()
            .filter(item -> item.getName().equals(name)).toList();
    }

    private void deleteSnapshot(String name, Model of, BlobClient blob) {
        if (of.snapshots.isEmpty()) {
            return;
        }
        List<BlobItem> all = items(name, new BlobListDetails().setRetrieveSnapshots(true)).stream()
            .filter(item -> item.getSnapshot() != null).toList();
        BlobItem item = all.get(random.nextInt(all.size()));
        State state = state(item);
        if (does("delete snapshot of " + name, true, () -> blob.getSnapshotClient(item.getSnapshot()).delete())) {
            of.snapshots.remove(state);
            (keeps ? of.deletedSnapshots : new ArrayList<State>()).add(state);
        }
    }

    private void deleteVersion(String name, Model of, BlobClient blob) {
        if (of.earlier.isEmpty()) {
            return;
        }
        List<BlobItem> all = items(name, new BlobListDetails().setRetrieveVersions(true)).stream()
            .filter(item -> !Boolean.TRUE.equals(item.isCurrentVersion())).toList();
        BlobItem item = all.get(random.nextInt(all.size()));
        State state = state(item);
        if (does("delete version of " + name, true, () -> blob.getVersionClient(item.getVersionId()).delete())) {
            of.earlier.remove(state);
            (keeps ? of.deletedVersions : new ArrayList<State>()).add(state);
        }
    }

    private void copy(String name, Model of, BlobClient blob) {
        String source = NAMES.get(random.nextInt(NAMES.size()));
        State from = of(source).current;
        if (source.equals(name)) {
            return;
        }
        String url = from == null ? container.getBlobContainerUrl() + "/none" : StorageWorld.signed(container.getBlobClient(source));
        if (does("copy " + source + " to " + name, from != null, () -> blob.copyFromUrl(url))) {
            replace(of, from);
        }
    }

    private void undelete(String name, Model of, BlobClient blob) {
        boolean sure = of.current != null || of.told().findAny().isEmpty() || of.deleted != null;
        if (!keeps || !sure) {
            return;
        }
        if (does("undelete " + name, of.current != null || of.deleted != null, blob::undelete)) {
            if (of.deleted != null) {
                of.current = of.deleted;
                of.deleted = null;
            }
            of.snapshots.addAll(of.deletedSnapshots);
            of.earlier.addAll(of.deletedVersions);
            of.deletedSnapshots.clear();
            of.deletedVersions.clear();
        }
    }

    private State state(BlobItem item) {
        return new State(contents.get(Base64.getEncoder().encodeToString(item.getProperties().getContentMd5())),
            item.getMetadata() == null ? Map.of() : new TreeMap<>(item.getMetadata()));
    }

    private String told(BlobItem item) {
        boolean deleted = Boolean.TRUE.equals(item.isDeleted());
        String kind = item.getSnapshot() != null ? "snapshot"
            : item.getVersionId() != null && !Boolean.TRUE.equals(item.isCurrentVersion()) ? "version" : deleted ? "" : "current";
        State state = state(item);
        return ((deleted ? "deleted " : "") + kind).strip() + " " + state.content() + " " + state.metadata();
    }

    private void assertListed() {
        Map<String, List<String>> listed = new TreeMap<>();
        BlobListDetails all = new BlobListDetails().setRetrieveMetadata(true).setRetrieveSnapshots(true).setRetrieveDeletedBlobs(true)
            .setRetrieveVersions(versions);
        container.listBlobs(new ListBlobsOptions().setDetails(all), null)
            .forEach(item -> listed.computeIfAbsent(item.getName(), none -> new ArrayList<>()).add(told(item)));
        NAMES.forEach(name -> assertThat(listed.getOrDefault(name, List.of())).as(name)
            .containsExactlyInAnyOrderElementsOf(of(name).told().toList()));
        assertThat(listed.keySet()).isSubsetOf(NAMES);
    }

    private void assertRead() {
        NAMES.forEach(name -> {
            if (of(name).current != null) {
                assertThat(container.getBlobClient(name).downloadContent().toString()).isEqualTo(of(name).current.content());
            }
        });
        for (BlobItem item : container.listBlobs(new ListBlobsOptions().setDetails(new BlobListDetails().setRetrieveSnapshots(true)
                .setRetrieveVersions(versions)), null)) {
            BlobClient blob = container.getBlobClient(item.getName());
            String content = (item.getSnapshot() != null ? blob.getSnapshotClient(item.getSnapshot())
                : item.getVersionId() != null ? blob.getVersionClient(item.getVersionId()) : blob).downloadContent().toString();
            assertThat(md5(content)).isEqualTo(Base64.getEncoder().encodeToString(item.getProperties().getContentMd5()));
        }
    }

    private static String md5(String content) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(content.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
