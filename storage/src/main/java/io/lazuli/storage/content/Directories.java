package io.lazuli.storage.content;

import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.http.Caller;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.AccessRecord;
import io.lazuli.storage.metadata.ContentHeaders;
import io.lazuli.storage.metadata.DirectoryRecord;
import io.lazuli.storage.metadata.EntityTag;
import io.lazuli.storage.metadata.LeaseRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Directories of a lake, access lists of all paths, and renames. Changes are durable when a method returns. Thread-safe. */
public final class Directories {
    public static final String SUPERUSER = Caller.SUPERUSER;

    private final Lake lake;
    private final MetadataStore metadata;
    private final Locks locks;
    private final Table<DirectoryRecord> records;
    private final AccessRecords access;
    private final Table<LeaseRecord> leases;
    private final Consumer<Change> changes;
    private final History history;
    private final NewAccess newAccess;
    private final AtomicMoves moves;
    private final DirectoryDeletion deletion;
    private final PathRenames renames;

    /** {@code changes} is told of directories that were made or deleted, and of renames. */
    public Directories(Lake lake, MetadataStore metadata, Locks locks, Consumer<Change> changes, History history) {
        this.history = history;
        this.changes = changes;
        this.lake = lake;
        this.metadata = metadata;
        this.locks = locks;
        this.records = metadata.table("directories", DirectoryRecord.class);
        this.access = new AccessRecords(metadata);
        this.leases = metadata.table("leases", LeaseRecord.class);
        this.newAccess = new NewAccess(metadata);
        this.moves = new AtomicMoves(this, lake, metadata, history);
        this.deletion = new DirectoryDeletion(this, lake, metadata, locks, changes, history, moves);
        this.renames = new PathRenames(lake, metadata, locks, changes, history, moves);
    }

    private FileTree tree(BlobAddress address) {
        return lake.container(address.account(), address.container());
    }

    /** Whether an account has directories: one with flat names has none. */
    public boolean areIn(String account) {
        return !history.isFlat(account);
    }

    /** The directory's record, empty when no directory is there; one that nobody described has its folder's times. */
    public Optional<DirectoryRecord> find(BlobAddress address) {
        if (!areIn(address.account())) {
            return Optional.empty();
        }
        return tree(address).status(address.path()).filter(FileStatus::folder).map(folder -> record(address, folder));
    }

    /** The record of a directory of which the folder was seen. */
    public DirectoryRecord record(BlobAddress address, FileStatus folder) {
        DirectoryRecord record = records.get(address.key());
        long modified = TimeUnit.MILLISECONDS.toMicros(folder.lastModified().toEpochMilli());
        return record == null ? DirectoryRecord.of(modified, Map.of()) : record;
    }

    /**
     * Makes a directory and those above it.
     *
     * @param given who may use it; gets who may use the directory above. Not asked for one that is there, which keeps what it has
     * @param transaction the client's id of the request, null for none
     * @param key that its metadata is shown and changed with, null for none
     * @param lease refuses, or gives the lease that it has from its beginning; gets that of the directory that is there, null for none
     */
    public DirectoryRecord create(BlobAddress address, Map<String, String> properties, ContentHeaders headers,
            UnaryOperator<AccessRecord> given, String transaction, CustomerKey key, UnaryOperator<LeaseRecord> lease) {
        return locks.withDirectory(address, () -> PathConflicts.told(() -> {
            Containers.requireThere(tree(address));
            long now = EntityTag.now();
            DirectoryRecord record = new DirectoryRecord(now, now, properties, headers, transaction, key == null ? null : key.hash());
            tree(address).requireNoFile(address.path());
            boolean existing = find(address).isPresent();
            LeaseRecord taken = lease.apply(existing ? lease(address) : null);
            metadata.change(() -> {
                records.put(address.key(), record);
                if (taken == null) {
                    leases.remove(address.key());
                } else {
                    leases.put(address.key(), taken);
                }
                if (!existing) {
                    newAccess.put(tree(address), address, true, given);
                }
            });
            tree(address).createFolder(address.path());
            sync(tree(address).resolve(address.path()));
            changes.accept(new Change.DirectoryCreated(address));
            return record;
        }));
    }

    private void sync(Path created) {
        try {
            lake.durability().forceFolder(created);
            lake.durability().forceFolder(created.getParent());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Changes what is said of a directory; {@code check} refuses when the one that is there must not be changed. */
    public DirectoryRecord update(BlobAddress address, Consumer<DirectoryRecord> check, UnaryOperator<DirectoryRecord> change) {
        return locks.withDirectory(address, () -> {
            DirectoryRecord found = find(address).orElseThrow(Directories::notFound);
            check.accept(found);
            DirectoryRecord changed = change.apply(found);
            metadata.change(() -> records.put(address.key(), changed));
            return changed;
        });
    }

    /** The lease of a directory, null when it never had one. */
    public LeaseRecord lease(BlobAddress address) {
        return leases.get(address.key());
    }

    /** Takes, changes or ends a lease; {@code change} gets the directory and its lease, and gives the new one. */
    public LeaseRecord lease(BlobAddress address, BiFunction<DirectoryRecord, LeaseRecord, LeaseRecord> change) {
        return locks.withDirectory(address, () -> {
            LeaseRecord lease = change.apply(find(address).orElseThrow(Directories::notFound), lease(address));
            metadata.change(() -> leases.put(address.key(), lease));
            return lease;
        });
    }

    public static ServiceFailure notFound() {
        return new ServiceFailure(404, "PathNotFound", "The specified path does not exist.");
    }

    static ServiceFailure notEmpty() {
        return new ServiceFailure(409, "DirectoryNotEmpty",
            "The recursive query parameter value must be true to delete a non-empty directory.");
    }

    /**
     * Removes a directory, with all in it when {@code recursive}; else {@code DirectoryNotEmpty} when there is something. It can be
     * restored for a while when the account has it so. {@code check} refuses when the one that is there must not be deleted.
     */
    public Removal delete(BlobAddress address, boolean recursive, Consumer<DirectoryRecord> check) {
        return deletion.delete(address, recursive, check);
    }

    /** Deletes a directory in which there are no files, but perhaps directories, which clients that know blobs alone do not see. */
    public Removal deleteWithoutFiles(BlobAddress address, Consumer<DirectoryRecord> check) {
        return deletion.deleteWithoutFiles(address, check);
    }

    /**
     * Restores what was deleted of a path.
     *
     * @param id which deletion is undone; null for the last one
     * @return whether it is a directory; {@code BlobNotFound} when nothing was deleted there
     */
    public boolean undelete(BlobAddress address, String id, Consumer<Kept> restoreBlob) {
        return deletion.undelete(address, id, restoreBlob);
    }

    /** The access list of a path, that of the container itself for an empty path. */
    public AccessRecord access(BlobAddress address, boolean directory) {
        return access.of(address, directory);
    }

    /** Says who may use a path; {@code change} looks at it, and refuses, while nothing else changes it. */
    public void changeAccess(BlobAddress address, Supplier<AccessRecord> change) {
        locks.withBlob(address, () -> {
            AccessRecord changed = change.get();
            metadata.change(() -> access.put(address, changed));
            return changed;
        });
    }

    /** The same for several paths at once, while nothing else changes their container. */
    public void changeAccess(String containerKey, Supplier<Map<BlobAddress, AccessRecord>> changes) {
        locks.withContainer(containerKey, () -> {
            Map<BlobAddress, AccessRecord> all = changes.get();
            metadata.change(() -> all.forEach(access::put));
            return all;
        });
    }

    /**
     * Moves a file or directory, with what is known of it, in one step; over a file or an empty directory.
     *
     * @param transaction the client's id of the request, which the path tells from then on; null for none
     * @param check refuses, or gives the file that is there and will be gone
     */
    public void rename(BlobAddress from, BlobAddress to, String transaction, Supplier<Optional<Blob>> check) {
        renames.rename(from, to, transaction, check);
    }

    /** Ends the moves that a crash interrupted. */
    public void recover() {
        moves.recover();
    }
}
