package io.lazuli.storage.dfs;

import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.blob.Paging;
import io.lazuli.storage.blob.PathHeaders;
import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.HttpDates;
import io.lazuli.storage.metadata.AccessRecord;
import io.lazuli.storage.metadata.DirectoryRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        Paging paging = PathMarker.read(exchange.query("continuation"), exchange.query("maxresults"), folder.path());
        if (directories.find(folder).isEmpty()) {
            listFile(exchange, folder);
            return;
        }
        Walk walk = new Walk(blobs.tree(folder), "true".equalsIgnoreCase(exchange.query("recursive")), paging);
        boolean complete = walk.folder(folder.path());
        if (!complete) {
            exchange.set("x-ms-continuation", PathMarker.after(walk.found.getLast().path()));
        }
        answer(exchange, folder, walk.found);
    }

    /** A file instead of a directory is the only path in the list. */
    private void listFile(Exchange exchange, BlobAddress file) throws IOException {
        FileStatus status = blobs.tree(file).status(file.path()).filter(found -> !found.folder()).orElseThrow(Directories::notFound);
        answer(exchange, file, List.of(status));
    }

    private void answer(Exchange exchange, BlobAddress place, List<FileStatus> found) throws IOException {
        List<Map<String, Object>> rows = found.stream().map(status -> row(exchange, place, status)).toList();
        exchange.respondText(200, "application/json;charset=utf-8", JSON.writeValueAsString(Map.of("paths", rows)));
    }

    private Map<String, Object> row(Exchange exchange, BlobAddress place, FileStatus status) {
        BlobAddress address = place.withPath(status.path());
        AccessRecord access = directories.access(address, status.folder());
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", status.path());
        if (status.folder()) {
            DirectoryRecord record = directories.find(address).orElse(DirectoryRecord.of(0, Map.of()));
            row.put("isDirectory", "true");
            identity(row, record.etag(), record.modified(), record.created(), 0);
        } else {
            Blob blob = blobs.blob(address, status);
            identity(row, blob.etag(), blob.record().modified(), blob.record().created(), blob.size());
            if (blob.record().expires() != null) {
                row.put("expiryTime", Long.toString(blob.record().expires() * 10 + TICKS_TO_1970));
            }
            if (blob.record().encryptionScope() != null) {
                row.put("EncryptionScope", blob.record().encryptionScope());
            }
            if (blob.record().encryptionContext() != null) {
                row.put("EncryptionContext", blob.record().encryptionContext());
            }
        }
        row.put("owner", exchange.shown(access.owner()));
        row.put("group", exchange.shown(access.group()));
        row.put("permissions", PathHeaders.permissions(access));
        return row;
    }

    private static void identity(Map<String, Object> row, String etag, long modified, long created, long size) {
        row.put("contentLength", Long.toString(size));
        row.put("creationTime", Long.toString(created * 10 + TICKS_TO_1970));
        row.put("etag", etag.replace("\"", ""));
        row.put("lastModified", HttpDates.formatMicros(modified));
    }

    /** Some of the paths below a directory, and whether they are the last ones. */
    record Page(List<FileStatus> paths, boolean complete) {
    }

    /** A page of all paths below a directory. */
    static Page below(FileTree tree, String folder, Paging paging) {
        Walk walk = new Walk(tree, true, paging);
        boolean complete = walk.folder(folder);
        return new Page(walk.found, complete);
    }

    private static final class Walk {
        private final FileTree tree;
        private final boolean recursive;
        private final Paging paging;
        private final String[] after;
        private final List<FileStatus> found = new ArrayList<>();

        Walk(FileTree tree, boolean recursive, Paging paging) {
            this.tree = tree;
            this.recursive = recursive;
            this.paging = paging;
            this.after = paging.after().split("/");
        }

        /** Adds what is in a folder; false when the page is full and there is more. */
        boolean folder(String path) {
            List<FileStatus> children = new ArrayList<>(tree.entries(path));
            children.sort(Comparator.comparing(FileStatus::name));
            for (FileStatus child : children) {
                boolean seen = !paging.after().isEmpty() && !isAfter(child.path());
                if (!seen && !add(child)) {
                    return false;
                }
                boolean open = !seen || child.path().equals(paging.after()) || paging.after().startsWith(child.path() + "/");
                if (recursive && child.folder() && open && !folder(child.path())) {
                    return false;
                }
            }
            return true;
        }

        private boolean add(FileStatus status) {
            if (found.size() == paging.limit()) {
                return false;
            }
            found.add(status);
            return true;
        }

        /** Whether the path comes later than the last one of the page before, part by part. */
        private boolean isAfter(String path) {
            String[] parts = path.split("/");
            for (int i = 0; i < Math.min(parts.length, after.length); i++) {
                int order = parts[i].compareTo(after[i]);
                if (order != 0) {
                    return order > 0;
                }
            }
            return parts.length > after.length;
        }
    }
}
