package io.lazuli.storage.content;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.Links;
import io.lazuli.storage.http.Caller;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.AccessRecord;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContentHeaders;
import io.lazuli.storage.metadata.DirectoryRecord;
import io.lazuli.storage.metadata.EntityTag;
import io.lazuli.storage.metadata.KeptRecord;
import io.lazuli.storage.metadata.LeaseRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Directories of a lake, access lists of all paths, and renames. Changes are durable when a method returns. Thread-safe. */
public final class Directories {
    /**
     * A rename that has begun: what it moves to.
     *
     * @param transaction the client's id of the request, null for none
     */
    record Rename(String to, String transaction) {
    }

    public static final String SUPERUSER = Caller.SUPERUSER;
    private static final String DIRECTORY_PERMISSIONS = "rwxr-x---";
    private static final String FILE_PERMISSIONS = "rw-r-----";

    private final Lake lake;
    private final MetadataStore metadata;
    private final Locks locks;
    private final Table<DirectoryRecord> records;
    private final Table<AccessRecord> access;
    private final Table<BlobEntry> blobs;
    private final Table<LeaseRecord> leases;
    private final Table<Boolean> tagged;
    private final Table<Long> expiring;
    private final Table<Rename> renames;
    private final Table<KeptRecord> kept;
    private final Consumer<Change> changes;
    private final History history;
    private final DataProtection protection;
    private final NewAccess newAccess;
    private final ImmutableBlobs immutable;
    private final Table<Boolean> immutableHints;

    /** {@code changes} is told of directories that were made or deleted, and of renames. */
    public Directories(Lake lake, MetadataStore metadata, Locks locks, Consumer<Change> changes, History history) {
        this.history = history;
        this.protection = history.protection();
        this.immutable = history.immutable();
        this.immutableHints = metadata.table(ImmutableBlobs.TABLE, Boolean.class);
        this.kept = metadata.table(History.TABLE, KeptRecord.class);
        this.changes = changes;
        this.lake = lake;
        this.metadata = metadata;
        this.locks = locks;
        this.records = metadata.table("directories", DirectoryRecord.class);
        this.access = metadata.table("access", AccessRecord.class);
        this.blobs = metadata.table("blobs", BlobEntry.class);
        this.leases = metadata.table("leases", LeaseRecord.class);
        this.tagged = metadata.table(TagIndex.TABLE, Boolean.class);
        this.expiring = metadata.table(ExpiryIndex.TABLE, Long.class);
        this.renames = metadata.table("renames", Rename.class);
        this.newAccess = new NewAccess(metadata);
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
     * @param transaction the client's id of the request, null for none
     * @param key that its metadata is shown and changed with, null for none
     * @param lease gives the lease that it has from its beginning; gets that of the directory that is there, null for none
     */
    public DirectoryRecord create(BlobAddress address, Map<String, String> properties, ContentHeaders headers, AccessRecord given,
            String transaction, CustomerKey key, UnaryOperator<LeaseRecord> lease) {
        return locks.withContainer(address.containerKey(), () -> PathConflicts.told(() -> {
            long now = EntityTag.now();
            DirectoryRecord record = new DirectoryRecord(now, now, properties, headers, transaction, key == null ? null : key.hash());
            tree(address).requireNoFile(address.path());
            LeaseRecord taken = lease.apply(find(address).isPresent() ? lease(address) : null);
            metadata.change(() -> {
                records.put(address.key(), record);
                if (taken == null) {
                    leases.remove(address.key());
                } else {
                    leases.put(address.key(), taken);
                }
                newAccess.put(tree(address), address, true);
                access.put(address.key(), given);
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
        return locks.withContainer(address.containerKey(), () -> {
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
        return locks.withContainer(address.containerKey(), () -> {
            LeaseRecord lease = change.apply(find(address).orElseThrow(Directories::notFound), lease(address));
            metadata.change(() -> leases.put(address.key(), lease));
            return lease;
        });
    }

    public static ServiceFailure notFound() {
        return new ServiceFailure(404, "PathNotFound", "The specified path does not exist.");
    }

    private static ServiceFailure notEmpty() {
        return new ServiceFailure(409, "DirectoryNotEmpty",
            "The recursive query parameter value must be true to delete a non-empty directory.");
    }

    /**
     * Removes a directory, with all in it when {@code recursive}; else {@code DirectoryNotEmpty} when there is something. It can be
     * restored for a while when the account has it so.
     */
    public Removal delete(BlobAddress address, boolean recursive) {
        return delete(address, recursive, tree -> recursive || tree.entries(address.path()).isEmpty());
    }

    /** Deletes a directory in which there are no files, but perhaps directories, which clients that know blobs alone do not see. */
    public Removal deleteWithoutFiles(BlobAddress address) {
        return delete(address, false, tree -> !hasFile(tree, address.path()));
    }

    private static boolean hasFile(FileTree tree, String folder) {
        return tree.entries(folder).stream().anyMatch(entry ->
            !entry.folder() || !Links.leadsBack(entry) && hasFile(tree, entry.path()));
    }

    private Removal delete(BlobAddress address, boolean recursive, Predicate<FileTree> allowed) {
        return locks.withContainer(address.containerKey(), () -> {
            FileTree tree = tree(address);
            if (find(address).isEmpty()) {
                throw notFound();
            }
            if (!allowed.test(tree)) {
                throw notEmpty();
            }
            for (String key : leases.keys(address.key() + "/")) {
                if (leases.get(key).isHeld(System.currentTimeMillis())) {
                    throw new ServiceFailure(412, "LeaseIdMissing",
                        "There is currently a lease on the path and no lease ID was specified.");
                }
            }
            immutable.requireRemovable(address);
            Optional<Kept> parked = protection.retention(address.account())
                .map(retention -> protection.prepareDeletion(address, null, retention));
            if (parked.isPresent()) {
                Kept directory = parked.get();
                metadata.change(() -> history.store(directory));
                move(address.key(), History.parkedKey(directory), tree.resolve(address.path()), directory.file(), null);
            } else {
                history.removeBelow(address.key() + "/");
                tree.removeFolder(address.path());
                metadata.change(() -> forget(address.key()));
            }
            changes.accept(new Change.DirectoryDeleted(address, recursive));
            return new Removal(parked.isEmpty(), parked.map(Kept::id).orElse(null));
        });
    }

    /** Puts a deleted directory back with all that was in it; {@code PathAlreadyExists} when something is in its place. */
    void restore(Kept directory) {
        BlobAddress address = directory.address();
        Path target = tree(address).resolve(address.path());
        requireFree(address, target);
        move(History.parkedKey(directory), address.key(), directory.file(), target, null);
        metadata.changeLazily(() -> history.forget(directory));
        history.expiring().lookAgain();
    }

    private static void requireFree(BlobAddress address, Path target) {
        if (Files.exists(target)) {
            throw new ServiceFailure(409, "PathAlreadyExists", "The specified path already exists.");
        }
        if (!Files.isDirectory(target.getParent())) {
            throw new ServiceFailure(404, "PathNotFound", "The folder that held '" + address.path() + "' does not exist.");
        }
    }

    /**
     * Restores what was deleted of a path.
     *
     * @param deletion which deletion is undone; null for the last one
     * @return whether it is a directory; {@code BlobNotFound} when nothing was deleted there
     */
    public boolean undelete(BlobAddress address, String deletion, Consumer<Kept> restoreBlob) {
        return locks.withContainer(address.containerKey(), () -> {
            Kept found = history.of(address).stream().filter(candidate -> candidate.record().kind() == KeptRecord.Kind.DELETED
                && (deletion == null || candidate.id().equals(deletion))).reduce((one, later) -> later).orElseThrow(Blobs::notFound);
            if (found.record().isDirectory()) {
                restore(found);
            } else {
                requireFree(address, tree(address).resolve(address.path()));
                restoreBlob.accept(found);
            }
            return found.record().isDirectory();
        });
    }

    /** Moves a file or folder with what is known of it, so that a crash at any moment leaves both or neither moved. */
    private void move(String from, String to, Path source, Path target, String transaction) {
        Rename rename = new Rename(to, transaction);
        metadata.change(() -> renames.put(from, rename));
        try {
            FileTree.createFolders(target.getParent(), lake.durability());
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            lake.durability().forceFolder(target.getParent());
            lake.durability().forceFolder(source.getParent());
        } catch (IOException problem) {
            metadata.change(() -> renames.remove(from));
            throw new UncheckedIOException(problem);
        }
        metadata.change(() -> follow(from, rename));
    }

    private void forget(String key) {
        for (Table<?> table : List.of(records, access, blobs, leases, tagged, expiring, kept, immutableHints)) {
            table.remove(key);
            table.removeAll(key + "/");
        }
    }

    /** The access list of a path, that of the container itself for an empty path. */
    public AccessRecord access(BlobAddress address, boolean directory) {
        AccessRecord record = access.get(address.key());
        return record == null ? plainAccess(directory) : record;
    }

    /** What a path has that nobody said anything of. */
    static AccessRecord plainAccess(boolean directory) {
        return new AccessRecord(SUPERUSER, SUPERUSER,
            AccessList.ofPermissions(directory ? DIRECTORY_PERMISSIONS : FILE_PERMISSIONS).toString(), false);
    }

    public void setAccess(BlobAddress address, AccessRecord record) {
        metadata.change(() -> access.put(address.key(), record));
    }

    /** Sets the access lists of several paths at once. */
    public void setAccess(Map<BlobAddress, AccessRecord> all) {
        metadata.change(() -> all.forEach((address, record) -> access.put(address.key(), record)));
    }

    /**
     * Moves a file or directory, with what is known of it, in one step; over a file or an empty directory.
     *
     * @param transaction the client's id of the request, which the path tells from then on; null for none
     * @param check refuses, or gives the file that is there and will be gone
     */
    public void rename(BlobAddress from, BlobAddress to, String transaction, Supplier<Optional<Blob>> check) {
        inOrder(from.containerKey(), to.containerKey(), () -> {
            Optional<Blob> overwritten = check.get();
            Path source = tree(from).resolve(from.path());
            Path target = tree(to).resolve(to.path());
            requirePlace(from, to, source, target);
            immutable.requireRemovable(from);
            overwritten.ifPresent(immutable::requireChangeable);
            immutable.requireDeletable(to.key());
            Optional<Kept> old = from.equals(to) ? Optional.empty() : overwritten.flatMap(blob ->
                protection.retention(to.account()).map(retention -> protection.prepareDeletion(to, blob.record(), retention)));
            old.ifPresent(kept -> {
                metadata.change(() -> history.overwrites().begin(kept));
                history.files().link(target, kept);
            });
            try {
                move(from.key(), to.key(), source, target, transaction);
            } catch (RuntimeException failure) {
                old.ifPresent(history.overwrites()::cancel);
                throw failure;
            }
            old.ifPresent(history.overwrites()::end);
            changes.accept(new Change.Renamed(from, to, Files.isDirectory(target)));
            return null;
        });
    }

    private <T> T inOrder(String one, String other, Supplier<T> action) {
        String first = one.compareTo(other) <= 0 ? one : other;
        String second = first.equals(one) ? other : one;
        return locks.withContainer(first, () -> locks.withContainer(second, action));
    }

    private void requirePlace(BlobAddress from, BlobAddress to, Path source, Path target) {
        if (!Files.exists(source)) {
            throw new ServiceFailure(404, "SourcePathNotFound", "The source path for a rename operation does not exist.");
        }
        if (from.path().isEmpty() || to.path().isEmpty() || to.key().startsWith(from.key() + "/")) {
            throw new ServiceFailure(409, "InvalidRenameSourcePath", "The source directory cannot be the same as the destination "
                + "directory, nor can the destination be a subdirectory of the source directory.");
        }
        if (!Files.isDirectory(target.getParent())) {
            throw new ServiceFailure(404, "RenameDestinationParentPathNotFound",
                "The parent directory of the destination path does not exist.");
        }
        if (Files.isDirectory(source) && Files.isRegularFile(target) || Files.isRegularFile(source) && Files.isDirectory(target)) {
            throw new ServiceFailure(409, "InvalidSourceOrDestinationResourceType",
                "The source and destination resource type must be identical.");
        }
        if (Files.isDirectory(target) && !tree(to).entries(to.path()).isEmpty()) {
            throw notEmpty();
        }
    }

    private void follow(String from, Rename rename) {
        String to = rename.to();
        if (!from.equals(to)) {
            forget(to);
            for (Table<?> table : List.of(records, access, blobs, leases, tagged, expiring, kept, immutableHints)) {
                table.move(from, to, false);
                table.move(from + "/", to + "/", true);
            }
            moveSnapshots(from, to);
            // A lease that is being broken ends with the rename: clients break it with a period in which they rename.
            LeaseRecord lease = leases.get(to);
            if (lease != null && lease.breaks() != null) {
                leases.remove(to);
            }
        }
        if (rename.transaction() != null) {
            note(to, rename.transaction());
        }
        renames.remove(from);
    }

    private void note(String key, String transaction) {
        String[] parts = key.split("/", 3);
        FileStatus status = lake.container(parts[0], parts[1]).status(parts[2]).orElse(null);
        if (status != null && status.folder()) {
            find(new BlobAddress(parts[0], parts[1], parts[2]))
                .ifPresent(record -> records.put(key, record.withTransaction(transaction)));
        } else if (status != null) {
            BlobEntry entry = blobs.get(key);
            BlobRecord known = entry == null ? null : entry.matching(status.size(), BlobFiles.micros(status.lastModified()));
            BlobRecord record = known == null ? BlobFiles.plain(status) : known;
            blobs.put(key, new BlobEntry(record.withTransaction(transaction), null));
        }
    }

    /** Ends the renames that a crash interrupted: the file system tells whether each has happened. */
    public void recover() {
        for (String from : renames.keys("")) {
            Rename rename = renames.get(from);
            try {
                boolean moved = !Files.exists(path(from)) && Files.exists(path(rename.to()));
                metadata.change(moved ? () -> follow(from, rename) : () -> renames.remove(from));
            } catch (LazuliException goneOrLink) {
                metadata.change(() -> renames.remove(from));
            }
        }
    }

    /** What was deleted stays where it was: only snapshots go with their file. */
    private void moveSnapshots(String from, String to) {
        for (String key : kept.keys(from + "\0")) {
            KeptRecord record = kept.get(key);
            if (record.kind() != KeptRecord.Kind.DELETED) {
                kept.remove(key);
                kept.put(to + key.substring(from.length()), record);
            }
        }
    }

    private Path path(String key) {
        String[] parts = key.split("/", 3);
        if (parts[2].startsWith("\0")) {
            return lake.container(parts[0], parts[1]).keptFile(parts[2].substring(1));
        }
        return lake.container(parts[0], parts[1]).resolve(parts[2]);
    }
}
