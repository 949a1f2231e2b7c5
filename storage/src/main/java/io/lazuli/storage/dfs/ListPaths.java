package io.lazuli.storage.dfs;

import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Links;
import io.lazuli.storage.blob.Parts;
import io.lazuli.storage.blob.PathHeaders;
import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.HttpDates;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.AccessRecord;
import io.lazuli.storage.metadata.DirectoryRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;

/** List Paths: the files and directories in a directory, or all below it, each directory before what is in it. */
public final class ListPaths {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** File times of Windows: ticks of 100 nanoseconds between 1601 and 1970. */
    private static final long TICKS_TO_1970 = 116_444_736_000_000_000L;

    private final Containers containers;
    private final Blobs blobs;
    private final Directories directories;

    public ListPaths(Containers containers, Blobs blobs, Directories directories) {
        this.containers = containers;
        this.blobs = blobs;
        this.directories = directories;
    }

    public void list(Exchange exchange) throws IOException {
        FileSystemOperations.require(containers, exchange);
        BlobAddress folder = BlobAddress.of(exchange.target().account(), exchange.target().container(),
            Optional.ofNullable(exchange.query("directory")).orElse(""));
        PathPaging paging = paging(exchange, folder.path());
        if (directories.find(folder).isEmpty()) {
            listFile(exchange, folder);
            return;
        }
        // What has gone since its name was read is left out of the answer.
        Walk walk = new Walk(blobs.tree(folder), "true".equalsIgnoreCase(exchange.query("recursive")), paging, file -> true);
        boolean complete = walk.folder(folder.path());
        if (!complete) {
            exchange.set("x-ms-continuation", PathMarker.after(walk.found.getLast().path()));
        }
        answer(exchange, folder, walk.found);
    }

    /** A list begins behind its mark, or with the path below the directory that {@code beginFrom} names. */
    private static PathPaging paging(Exchange exchange, String folder) {
        PathPaging paging = PathMarker.read(exchange.query("continuation"), exchange.query("maxresults"), folder);
        String first = Optional.ofNullable(exchange.query("beginfrom")).orElse("").replaceAll("^/+|/+$", "");
        if (first.isEmpty() || !paging.begin().isEmpty()) {
            return paging;
        }
        if (first.contains("/") && !"true".equalsIgnoreCase(exchange.query("recursive"))) {
            throw ServiceFailure.invalidParameter("beginFrom", first, "Only recursive lists begin below another directory.");
        }
        return new PathPaging(PathMarker.within(folder, first), true, paging.limit());
    }

    /** A file instead of a directory is the only path in the list. */
    private void listFile(Exchange exchange, BlobAddress file) throws IOException {
        int slash = file.path().lastIndexOf('/');
        Found found = new Found(slash < 0 ? "" : file.path().substring(0, slash), file.path().substring(slash + 1), false);
        if (found.file(blobs.tree(file)).isEmpty()) {
            throw Directories.notFound();
        }
        answer(exchange, file, List.of(found));
    }

    private void answer(Exchange exchange, BlobAddress place, List<Found> found) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        String scope = FileSystemOperations.require(containers, exchange).record().encryption().named();
        Parts.inOrder(found, some -> rows(exchange, place, scope, some), rows::addAll);
        exchange.respondText(200, "application/json;charset=utf-8", JSON.writeValueAsString(Map.of("paths", rows)));
    }

    /** {@code scope} is the encryption scope of directories, or null. */
    private List<Map<String, Object>> rows(Exchange exchange, BlobAddress place, String scope, List<Found> found) {
        BiFunction<BlobAddress, FileStatus, Blob> read = blobs.inOrder();
        return found.stream().flatMap(path -> row(exchange, place, scope, path, read).stream()).toList();
    }

    /** Nothing when it has gone meanwhile. */
    private Optional<Map<String, Object>> row(
        Exchange exchange, BlobAddress place, String scope, Found found, BiFunction<BlobAddress, FileStatus, Blob> read) {
        BlobAddress address = place.withPath(found.path());
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", found.path());
        if (found.directory()) {
            Optional<DirectoryRecord> record = directories.find(address);
            if (record.isEmpty()) {
                return Optional.empty();
            }
            row.put("isDirectory", "true");
            identity(row, record.get().etag(), record.get().modified(), record.get().created(), 0);
            if (scope != null) {
                row.put("EncryptionScope", scope);
            }
        } else {
            Optional<FileStatus> file = found.file(blobs.tree(place));
            if (file.isEmpty()) {
                return Optional.empty();
            }
            file(row, read.apply(address, file.get()));
        }
        AccessRecord access = directories.access(address, found.directory());
        row.put("owner", exchange.shown(access.owner()));
        row.put("group", exchange.shown(access.group()));
        row.put("permissions", PathHeaders.permissions(access));
        return Optional.of(row);
    }

    private static void file(Map<String, Object> row, Blob blob) {
        identity(row, blob.etag(), blob.record().modified(), blob.record().created(), blob.size());
        if (blob.record().expires() != null) {
            row.put("expiryTime", Long.toString(blob.record().expires() * 10 + TICKS_TO_1970));
        }
        encryption(row, blob);
    }

    static void encryption(Map<String, Object> row, Blob blob) {
        if (blob.record().encryptionScope() != null) {
            row.put("EncryptionScope", blob.record().encryptionScope());
        }
        if (blob.record().keyHash() != null) {
            row.put("CustomerProvidedKeySha256", blob.record().keyHash());
        }
        if (blob.record().encryptionContext() != null) {
            row.put("EncryptionContext", blob.record().encryptionContext());
        }
    }

    static void identity(Map<String, Object> row, String etag, long modified, long created, long size) {
        row.put("contentLength", Long.toString(size));
        row.put("creationTime", Long.toString(created * 10 + TICKS_TO_1970));
        row.put("etag", etag.replace("\"", ""));
        row.put("lastModified", HttpDates.formatMicros(modified));
    }

    /**
     * A path whose name was read.
     *
     * @param folder that it is in, empty for the root
     */
    record Found(String folder, String name, boolean directory) {
        /** {@code listed} is a name as folders list it: that of a directory ends with a slash. */
        static Found of(String folder, String listed) {
            boolean directory = listed.endsWith("/");
            return new Found(folder, directory ? listed.substring(0, listed.length() - 1) : listed, directory);
        }

        String path() {
            return folder.isEmpty() ? name : folder + "/" + name;
        }

        /** Looks at the file; there is none when it has gone meanwhile, or is a link that leads out or nowhere. */
        Optional<FileStatus> file(FileTree tree) {
            return tree.child(folder, name).filter(status -> !status.folder());
        }
    }

    /** Some of the paths below a directory, and whether they are the last ones. */
    record Page(List<Found> paths, boolean complete) {
    }

    /** A page of all paths below a directory. */
    static Page below(FileTree tree, String folder, PathPaging paging) {
        Walk walk = new Walk(tree, true, paging, file -> file.file(tree).isPresent());
        boolean complete = walk.folder(folder);
        return new Page(walk.found, complete);
    }

    private static final class Walk {
        private final FileTree tree;
        private final boolean recursive;
        private final PathPaging paging;
        private final Predicate<Found> files;
        private final List<Found> found = new ArrayList<>();

        Walk(FileTree tree, boolean recursive, PathPaging paging, Predicate<Found> files) {
            this.tree = tree;
            this.recursive = recursive;
            this.paging = paging;
            this.files = files;
        }

        /** Adds what is in a folder; false when the page is full and there is more. */
        boolean folder(String path) {
            for (Found child : children(path)) {
                if (!paging.reaches(child.path()) || !isThere(child)) {
                    continue;
                }
                if (paging.includes(child.path()) && !add(child)) {
                    return false;
                }
                if (recursive && child.directory() && !folder(child.path())) {
                    return false;
                }
            }
            return true;
        }

        /** In the order of their names: directories stand where they would as files. */
        private List<Found> children(String folder) {
            return tree.names(folder).stream().map(name -> Found.of(folder, name)).sorted(Comparator.comparing(Found::name)).toList();
        }

        /** A directory may be a link that leads out, nowhere or back. */
        private boolean isThere(Found child) {
            return child.directory() ? tree.child(child.folder(), child.name())
                .filter(status -> status.folder() && !Links.leadsBack(status)).isPresent() : files.test(child);
        }

        private boolean add(Found child) {
            if (found.size() == paging.limit()) {
                return false;
            }
            found.add(child);
            return true;
        }
    }
}
