package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.file.datalake.DataLakeDirectoryClient;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.models.ListPathsOptions;
import com.azure.storage.file.datalake.models.PathAccessControlEntry;
import com.azure.storage.file.datalake.models.PathDeletedItem;
import com.azure.storage.file.datalake.models.PathItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Random operations on few names of a hierarchical account, through both endpoints, and a model of what is there after each. */
final class LakeModel {
    private static final List<String> NAMES = List.of("a", "b", "c d", "ä");
    private static final String FILE = "user::rw-,group::r--,other::---";
    private static final String DIRECTORY = "user::rwx,group::r-x,other::---";

    private final Random random;
    private final boolean keeps;
    private DataLakeFileSystemClient lake;
    private BlobContainerClient blobs;
    private boolean crashing;
    /** What was last to be made. */
    private String made = "";
    private Predicate<RuntimeException> isCrash = failure -> false;
    private final NavigableMap<String, Node> model = new TreeMap<>();
    /** What was deleted, with what was in it, by the identifier of the deletion. */
    private final NavigableMap<String, Deleted> deleted = new TreeMap<>();
    private final List<String> done = new ArrayList<>();

    /** A file with its content, or a directory without. */
    private record Node(String content, Map<String, String> metadata, String acl) {
        boolean directory() {
            return content == null;
        }
    }

    /** A path with what was in it, and what had been deleted there before, which comes back with it. */
    private record Deleted(NavigableMap<String, Node> gone, NavigableMap<String, Deleted> before) {
        String path() {
            return gone.firstKey();
        }
    }

    LakeModel(Random random, boolean keeps) {
        this.random = random;
        this.keeps = keeps;
    }

    /** Goes on with clients of a service that was started. */
    void use(DataLakeFileSystemClient files, BlobContainerClient container) {
        lake = files;
        blobs = container;
    }

    /** Asks of failures whether the service was killed; it runs again then, and whether the operation was done is not known. */
    void expectCrashes(Predicate<RuntimeException> crash) {
        crashing = true;
        isCrash = crash;
    }

    List<String> done() {
        return done;
    }

    /** What is there now, in the model. */
    LakeModel copy() {
        LakeModel copy = new LakeModel(random, keeps);
        copy.use(lake, blobs);
        copy.model.putAll(model);
        copy.deleted.putAll(deleted);
        return copy;
    }

    /** Takes what is there from another. */
    void set(LakeModel other) {
        model.clear();
        model.putAll(other.model);
        deleted.clear();
        deleted.putAll(other.deleted);
    }

    /** Takes directories for there that an interrupted request has made above what it was to make. */
    void acceptParents() {
        lake.listPaths(new ListPathsOptions().setRecursive(true), null).stream()
            .filter(path -> path.isDirectory() && made.startsWith(path.getName() + "/"))
            .forEach(path -> model.putIfAbsent(path.getName(), new Node(null, Map.of(), DIRECTORY)));
    }

    private String path() {
        StringBuilder path = new StringBuilder(name());
        while (random.nextInt(5) < 3 && path.length() < 12) {
            path.append('/').append(name());
        }
        return path.toString();
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    /** Mostly one that is there. */
    private String known() {
        List<String> paths = List.copyOf(model.keySet());
        return paths.isEmpty() || random.nextInt(8) == 0 ? path() : paths.get(random.nextInt(paths.size()));
    }

    private Map<String, String> metadata() {
        return random.nextInt(3) == 0 ? Map.of() : Map.of("key", Integer.toString(random.nextInt(1000)));
    }

    void step() {
        switch (random.nextInt(keeps ? 15 : 13)) {
            case 0, 1 -> put(path(), true);
            // An upload to a file is several requests.
            case 2, 3 -> put(path(), crashing);
            case 4, 5 -> makeDirectory(path());
            case 6 -> deleteBlob(known());
            case 7 -> deleteDirectory(known(), random.nextBoolean());
            case 8, 9 -> rename(known(), random.nextBoolean() ? path() : known());
            case 10 -> describe(known());
            case 11 -> restrict(known());
            case 12 -> append(known());
            default -> undelete();
        }
    }

    /** Tries it, and says whether it was done; what the service may not do it has to refuse and the other way round. */
    private boolean does(String what, boolean possible, Runnable operation) {
        done.add(what);
        try {
            operation.run();
        } catch (RuntimeException failure) {
            if (isCrash.test(failure)) {
                done.add("crash");
                return possible;
            }
            if (!(failure instanceof HttpResponseException refused)) {
                throw failure;
            }
            int status = refused.getResponse().getStatusCode();
            assertThat(possible).as(what + ": " + refused.getMessage()).isFalse();
            assertThat(status).as(what).isBetween(400, 499);
            return false;
        }
        assertThat(possible).as(what).isTrue();
        return true;
    }

    private boolean isFile(String path) {
        return model.containsKey(path) && !model.get(path).directory();
    }

    private boolean isDirectory(String path) {
        return path.isEmpty() || model.containsKey(path) && model.get(path).directory();
    }

    private static String above(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }

    private boolean isBelowFile(String path) {
        return !path.isEmpty() && (isFile(above(path)) || isBelowFile(above(path)));
    }

    private NavigableMap<String, Node> below(String path) {
        return model.subMap(path + "/", true, path + "0", false);
    }

    private void withParents(String path) {
        for (String parent = above(path); !parent.isEmpty(); parent = above(parent)) {
            model.putIfAbsent(parent, new Node(null, Map.of(), DIRECTORY));
        }
    }

    private void put(String path, boolean asBlob) {
        made = path;
        String content = "content " + random.nextInt(1000);
        boolean possible = !isBelowFile(path) && !isDirectory(path);
        boolean put = does((asBlob ? "put " : "upload ") + path, possible, () -> {
            if (asBlob) {
                blobs.getBlobClient(path).upload(BinaryData.fromString(content), true);
            } else {
                lake.getFileClient(path).upload(BinaryData.fromString(content), true);
            }
        });
        if (put) {
            withParents(path);
            model.put(path, new Node(content, Map.of(), FILE));
        }
    }

    private void makeDirectory(String path) {
        made = path;
        Map<String, String> metadata = metadata();
        boolean possible = !isBelowFile(path) && !isFile(path);
        if (does("mkdir " + path, possible,
                () -> lake.createDirectoryWithResponse(path, null, null, null, metadata, null, null, Context.NONE))) {
            withParents(path);
            model.merge(path, new Node(null, metadata, DIRECTORY), (old, made) -> new Node(null, metadata, old.acl()));
        }
    }

    private void deleteBlob(String path) {
        boolean possible = model.containsKey(path) && below(path).values().stream().allMatch(Node::directory);
        if (does("delete blob " + path, possible, () -> blobs.getBlobClient(path).delete())) {
            remove(path);
        }
    }

    private void deleteDirectory(String path, boolean recursive) {
        DataLakeDirectoryClient client = lake.getDirectoryClient(path);
        boolean possible = model.containsKey(path) && (recursive || below(path).isEmpty());
        if (does("delete " + (recursive ? "all of " : "") + path, possible,
                () -> client.deleteWithResponse(recursive, null, null, Context.NONE))) {
            remove(path);
        }
    }

    private void remove(String path) {
        NavigableMap<String, Node> gone = new TreeMap<>(below(path));
        gone.put(path, model.get(path));
        model.keySet().removeAll(gone.keySet());
        keep(path, gone);
    }

    private void keep(String path, NavigableMap<String, Node> gone) {
        if (!keeps) {
            return;
        }
        String id = newDeletion();
        NavigableMap<String, Deleted> before = new TreeMap<>(deleted);
        before.values().removeIf(each -> !gone.get(path).directory() || !each.path().startsWith(path + "/"));
        deleted.keySet().removeAll(before.keySet());
        deleted.put(id, new Deleted(gone, before));
    }

    private String newDeletion() {
        try {
            return lake.listDeletedPaths().stream().map(PathDeletedItem::getDeletionId).filter(each -> !deleted.containsKey(each))
                .reduce((one, other) -> one + " and " + other).orElse("none");
        } catch (RuntimeException failure) {
            if (!isCrash.test(failure)) {
                throw failure;
            }
            done.add("crash afterwards");
            return newDeletion();
        }
    }

    private void undelete() {
        if (deleted.isEmpty()) {
            done.add("nothing to undelete");
            return;
        }
        String id = List.copyOf(deleted.keySet()).get(random.nextInt(deleted.size()));
        Deleted back = deleted.get(id);
        String path = back.path();
        if (does("undelete " + path, !model.containsKey(path) && isDirectory(above(path)), () -> lake.undeletePath(path, id))) {
            deleted.remove(id);
            deleted.putAll(back.before());
            model.putAll(back.gone());
        }
    }

    private void rename(String from, String to) {
        boolean moves = model.containsKey(from) && isDirectory(above(to)) && !(to + "/").startsWith(from + "/");
        boolean possible = from.equals(to) && isFile(from)
            || moves && (!model.containsKey(to) || isFile(from) == isFile(to) && (isFile(to) || below(to).isEmpty()));
        if (does("rename " + from + " to " + to, possible, () -> lake.getDirectoryClient(from).rename(null, to))) {
            NavigableMap<String, Node> moved = new TreeMap<>(below(from));
            Node itself = model.get(from);
            if (isFile(to) && !to.equals(from)) {
                keep(to, new TreeMap<>(Map.of(to, model.get(to))));
            }
            below(from).clear();
            model.remove(from);
            model.put(to, itself);
            moved.forEach((path, node) -> model.put(to + path.substring(from.length()), node));
        }
    }

    private void describe(String path) {
        Map<String, String> metadata = metadata();
        if (does("describe " + path, model.containsKey(path), () -> lake.getFileClient(path).setMetadata(metadata))) {
            model.computeIfPresent(path, (same, node) -> new Node(node.content(), metadata, node.acl()));
        }
    }

    private void restrict(String path) {
        String acl = "user::rwx,group::r--,other::--" + (random.nextBoolean() ? "x" : "-");
        if (does("restrict " + path, model.containsKey(path),
                () -> lake.getFileClient(path).setAccessControlList(PathAccessControlEntry.parseList(acl), null, null))) {
            model.computeIfPresent(path, (same, node) -> new Node(node.content(), node.metadata(), acl));
        }
    }

    private void append(String path) {
        DataLakeFileClient file = lake.getFileClient(path);
        String more = "+" + random.nextInt(100);
        boolean possible = isFile(path);
        if (does("append " + path, possible, () -> {
            long end = possible ? model.get(path).content().length() : 0;
            file.append(BinaryData.fromString(more), end);
            file.flush(end + more.length(), true);
        })) {
            model.computeIfPresent(path, (same, node) -> new Node(node.content() + more, node.metadata(), node.acl()));
        }
    }

    void assertListed() {
        assertThat(lake.listPaths(new ListPathsOptions().setRecursive(true), null)).extracting(LakeModel::told)
            .containsExactlyInAnyOrderElementsOf(model.entrySet().stream().map(LakeModel::told).toList());
        assertThat(lake.listDeletedPaths()).extracting(path -> path.getDeletionId() + " " + path.getPath())
            .containsExactlyInAnyOrderElementsOf(deleted.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue().path())
                .toList());
        assertThat(blobs.listBlobs(new ListBlobsOptions().setDetails(new BlobListDetails().setRetrieveMetadata(true)), null))
            .extracting(LakeModel::told).containsExactlyInAnyOrderElementsOf(
                model.entrySet().stream().map(entry -> told(entry) + " " + marked(entry.getValue())).toList());
    }

    private static Map<String, String> marked(Node node) {
        Map<String, String> metadata = new TreeMap<>(node.metadata());
        if (node.directory()) {
            metadata.put("hdi_isfolder", "true");
        }
        return metadata;
    }

    private static String told(PathItem path) {
        return path.getName() + (path.isDirectory() ? "/" : " " + path.getContentLength());
    }

    private static String told(BlobItem blob) {
        Map<String, String> metadata = blob.getMetadata() == null ? Map.of() : new TreeMap<>(blob.getMetadata());
        boolean directory = metadata.containsKey("hdi_isfolder");
        return blob.getName() + (directory ? "/" : " " + blob.getProperties().getContentLength()) + " " + metadata;
    }

    private static String told(Map.Entry<String, Node> entry) {
        Node node = entry.getValue();
        return entry.getKey() + (node.directory() ? "/" : " " + node.content().length());
    }

    void assertAll() {
        model.forEach((path, node) -> {
            DataLakeFileClient client = lake.getFileClient(path);
            String acl = PathAccessControlEntry.serializeList(client.getAccessControl().getAccessControlList());
            String content = node.directory() ? null : blobs.getBlobClient(path).downloadContent().toString();
            Map<String, String> metadata = new TreeMap<>(client.getProperties().getMetadata());
            metadata.remove("hdi_isfolder");
            assertThat(new Node(content, metadata, acl)).as(path).isEqualTo(node);
        });
    }
}
