package io.lazuli.storage.dfs;

import io.lazuli.storage.blob.BlobHeaders;
import io.lazuli.storage.blob.LeaseCheck;
import io.lazuli.storage.blob.WriteCheck;
import io.lazuli.storage.content.Appends;
import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.CustomerKey;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.content.NewFile;
import io.lazuli.storage.content.PathConflicts;
import io.lazuli.storage.content.RenameSource;
import io.lazuli.storage.content.StagedFile;
import io.lazuli.storage.http.Conditions;
import io.lazuli.storage.http.DataLakeRequest;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Files and directories of accounts with flat names: create, rename, status, delete. What is done to a directory is done to one blob after
 * the other; a crash leaves it half done, and to ask again does the rest.
 */
public final class FlatPaths {
    private static final List<String> RIGHTS = List.of("x-ms-permissions", "x-ms-umask", "x-ms-acl", "x-ms-owner", "x-ms-group");

    private final Containers containers;
    private final Blobs blobs;
    private final FlatDirectories directories;
    private final Appends appends;
    private final PathOperations files;
    private final Predicate<String> isAccount;

    public FlatPaths(Containers containers, Blobs blobs, Appends appends, PathOperations files, Predicate<String> isAccount) {
        this.containers = containers;
        this.blobs = blobs;
        this.directories = new FlatDirectories(blobs);
        this.appends = appends;
        this.files = files;
        this.isAccount = isAccount;
    }

    /** What only accounts with directories of their own have. */
    public static ServiceFailure noHierarchy() {
        return ServiceFailure.badRequest("HierarchicalNamespaceNotEnabled",
            "This operation is only supported on a hierarchical namespace account.");
    }

    /** A slash at the end of a name is how clients write a directory. */
    private BlobAddress address(Exchange exchange) {
        BlobHeaders.refuseUnsupportedButKey(exchange);
        FileSystemOperations.require(containers, exchange);
        return withoutSlash(BlobAddress.of(exchange.target()));
    }

    private static BlobAddress withoutSlash(BlobAddress address) {
        return address.withPath(address.path().replaceFirst("/+$", ""));
    }

    public void create(Exchange exchange) throws IOException {
        if (RIGHTS.stream().anyMatch(header -> exchange.header(header) != null)) {
            throw noHierarchy();
        }
        if (exchange.header(RenameSource.HEADER) != null) {
            rename(exchange, address(exchange));
        } else if ("directory".equals(exchange.query("resource"))) {
            createDirectory(exchange, address(exchange));
        } else {
            BlobAddress address = address(exchange);
            if (!exchange.target().path().isEmpty() && directories.exists(address)) {
                throw PathConflicts.failure();
            }
            files.create(exchange);
        }
    }

    /** Appends, flushes, properties; a directory has no bytes. */
    public void update(Exchange exchange) throws IOException {
        boolean writes = List.of("append", "flush").contains(exchange.query("action"));
        if (writes && blobs.find(address(exchange)).filter(FlatDirectories::isDirectory).isPresent()) {
            throw PathConflicts.failure();
        }
        files.update(exchange);
    }

    private void createDirectory(Exchange exchange, BlobAddress address) throws IOException {
        Map<String, String> properties = Optional.ofNullable(PathProperties.read(exchange)).orElse(Map.of());
        if (address.path().isEmpty()) {
            throw PathConflicts.failure();
        }
        FileLease.checkNew(exchange);
        BlobRecord record = BlobRecord.of(BlobKind.BlockBlob, PathOperations.headers(exchange), FlatDirectories.marked(properties))
            .withTransaction(ClientTransaction.of(exchange));
        boolean wantsNone = Conditions.of(exchange).wantsNone();
        if (wantsNone && !directories.isEmpty(address)) {
            throw exists(exchange, "directory");
        }
        try (StagedFile content = blobs.stage(address, CustomerKey.of(exchange))) {
            Blob made = blobs.put(address, content.seal(), record, existing -> {
                if (existing != null && wantsNone) {
                    throw exists(exchange, FlatDirectories.isDirectory(existing) ? "directory" : "file");
                }
                if (existing != null && !FlatDirectories.isDirectory(existing)) {
                    throw PathConflicts.failure();
                }
                WriteCheck.replacing(exchange).accept(existing);
            }, new NewFile(FileLease.ofNew(exchange), null));
            BlobHeaders.identity(exchange, made.record());
        }
        exchange.set("x-ms-request-server-encrypted", "true");
        exchange.respond(201);
    }

    private static ServiceFailure exists(Exchange exchange, String kind) {
        exchange.set("x-ms-existing-resource-type", kind);
        return new ServiceFailure(409, "PathAlreadyExists", "The specified path already exists.");
    }

    private void rename(Exchange exchange, BlobAddress to) throws IOException {
        BlobAddress from = withoutSlash(RenameSource.of(exchange, containers, isAccount).address());
        if (from.path().isEmpty() || to.path().isEmpty() || to.key().startsWith(from.key() + "/")) {
            throw new ServiceFailure(409, "InvalidRenameSourcePath", "The source directory cannot be the same as the destination "
                + "directory, nor can the destination be a subdirectory of the source directory.");
        }
        Optional<Blob> source = blobs.find(from);
        boolean directory = source.map(FlatDirectories::isDirectory).orElseGet(() -> !directories.isEmpty(from));
        if (source.isEmpty() && !directory) {
            throw Blobs.noRenameSource();
        }
        requireDestination(exchange, from, to, directory);
        if (directory) {
            exchange.setOperation("RenamePathDir");
            renameBelow(from, to);
        }
        if (source.isPresent()) {
            BlobHeaders.identity(exchange, renameOne(exchange, from, to).record());
        }
        exchange.respond(201);
    }

    private void requireDestination(Exchange exchange, BlobAddress from, BlobAddress to, boolean directory) {
        if (from.equals(to)) {
            return;
        }
        boolean there = directories.exists(to);
        boolean file = blobs.find(to).filter(blob -> !FlatDirectories.isDirectory(blob)).isPresent();
        if ((there || file) && Conditions.of(exchange).wantsNone()) {
            throw exists(exchange, file ? "file" : "directory");
        }
        if (directory ? file : there && !file) {
            throw new ServiceFailure(409, "InvalidSourceOrDestinationResourceType",
                "The source and destination resource type must be identical.");
        }
        if (directory && !directories.isEmpty(to)) {
            throw notEmpty();
        }
    }

    /** The conditions of the request are for the directory itself; what is in it must not be leased. */
    private void renameBelow(BlobAddress from, BlobAddress to) {
        if (from.equals(to)) {
            return;
        }
        Consumer<Blob> unleased = blob -> LeaseCheck.change("Blob", blob.lease(), null);
        directories.forEach(from, path -> unleased.accept(blobs.require(path)));
        String begin = FlatDirectories.inside(from);
        directories.forEach(from, path -> {
            BlobAddress renamed = to.withPath(FlatDirectories.inside(to) + path.path().substring(begin.length()));
            blobs.rename(path, renamed, unleased, blob -> { }, record -> record);
            appends.discard(path);
            appends.discard(renamed);
        });
    }

    private Blob renameOne(Exchange exchange, BlobAddress from, BlobAddress to) {
        Conditions conditions = Conditions.of(exchange, "x-ms-source-");
        Blob renamed = blobs.rename(from, to, blob -> {
            LeaseCheck.change("Blob", blob.lease(), exchange.header("x-ms-source-lease-id"));
            PathOperations.checkSource(conditions, blob.etag(), blob.record().modified());
        }, from.equals(to) ? blob -> { } : WriteCheck.replacing(exchange),
            record -> record.withTransaction(ClientTransaction.of(exchange)));
        appends.discard(from);
        appends.discard(to);
        return renamed;
    }

    /** What a path is; a directory without a blob of its own has the times of its file system. */
    public void status(Exchange exchange) throws IOException {
        BlobAddress address = address(exchange);
        Optional<Blob> found = blobs.find(address);
        if (found.isEmpty() && !directories.exists(address)) {
            throw Directories.notFound();
        }
        if (found.isPresent()) {
            Blob blob = found.get();
            Conditions.of(exchange).checkRead(blob.etag(), blob.record().modified());
            BlobHeaders.identity(exchange, blob.record());
            exchange.set(ClientTransaction.HEADER, blob.record().transaction());
            exchange.set("Content-Length", blob.size());
        } else {
            FileSystemOperations.identity(exchange, FileSystemOperations.require(containers, exchange));
        }
        exchange.set("x-ms-resource-type", found.isPresent() && !FlatDirectories.isDirectory(found.get()) ? "file" : "directory");
        exchange.respond(200);
    }

    public void delete(Exchange exchange) throws IOException {
        DataLakeRequest.requireCurrent(exchange);
        BlobAddress address = address(exchange);
        boolean recursive = "true".equalsIgnoreCase(exchange.query("recursive"));
        Optional<Blob> found = blobs.find(address);
        boolean directory = found.map(FlatDirectories::isDirectory).orElseGet(() -> directories.exists(address));
        if (address.path().isEmpty()) {
            throw ServiceFailure.invalidParameter("recursive", "", "The root directory cannot be deleted.");
        }
        if (found.isEmpty() && !directory) {
            throw Directories.notFound();
        }
        found.ifPresent(WriteCheck.changing(exchange));
        if (directory) {
            exchange.setOperation("DeleteDirectory");
            deleteBelow(address, recursive);
        }
        if (found.isPresent()) {
            blobs.delete(address, WriteCheck.changing(exchange), Blobs.Snapshots.INCLUDE);
            appends.discard(address);
        }
        exchange.respond(200);
    }

    private void deleteBelow(BlobAddress address, boolean recursive) {
        if (!recursive && !directories.isEmpty(address)) {
            throw notEmpty();
        }
        Consumer<Blob> unleased = blob -> LeaseCheck.change("Blob", blob.lease(), null);
        directories.forEach(address, path -> unleased.accept(blobs.require(path)));
        directories.forEach(address, path -> {
            blobs.delete(path, unleased, Blobs.Snapshots.INCLUDE);
            appends.discard(path);
        });
    }

    private static ServiceFailure notEmpty() {
        return new ServiceFailure(409, "DirectoryNotEmpty",
            "The recursive query parameter value must be true to delete a non-empty directory.");
    }
}
