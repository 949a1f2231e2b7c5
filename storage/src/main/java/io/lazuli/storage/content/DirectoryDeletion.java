package io.lazuli.storage.content;

import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.Links;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.DirectoryRecord;
import io.lazuli.storage.metadata.KeptRecord;
import io.lazuli.storage.metadata.LeaseRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Deletes directories, for a while where accounts have it so, and restores what was deleted of paths. */
final class DirectoryDeletion {
    private final Directories directories;
    private final Lake lake;
    private final MetadataStore metadata;
    private final Locks locks;
    private final Consumer<Change> changes;
    private final History history;
    private final DataProtection protection;
    private final ImmutableBlobs immutable;
    private final AtomicMoves moves;
    private final Table<LeaseRecord> leases;

    DirectoryDeletion(Directories directories, Lake lake, MetadataStore metadata, Locks locks, Consumer<Change> changes, History history,
            AtomicMoves moves) {
        this.directories = directories;
        this.lake = lake;
        this.metadata = metadata;
        this.locks = locks;
        this.changes = changes;
        this.history = history;
        this.protection = history.protection();
        this.immutable = history.immutable();
        this.moves = moves;
        this.leases = metadata.table("leases", LeaseRecord.class);
    }

    private FileTree tree(BlobAddress address) {
        return lake.container(address.account(), address.container());
    }

    /**
     * Removes a directory, with all in it when {@code recursive}; else {@code DirectoryNotEmpty} when there is something. It can be
     * restored for a while when the account has it so.
     */
    Removal delete(BlobAddress address, boolean recursive, Consumer<DirectoryRecord> check) {
        return delete(address, recursive, check, tree -> recursive || tree.entries(address.path()).isEmpty());
    }

    /** Deletes a directory in which there are no files, but perhaps directories, which clients that know blobs alone do not see. */
    Removal deleteWithoutFiles(BlobAddress address, Consumer<DirectoryRecord> check) {
        return delete(address, false, check, tree -> !hasFile(tree, address.path()));
    }

    private static boolean hasFile(FileTree tree, String folder) {
        return tree.entries(folder).stream().anyMatch(entry ->
            !entry.folder() || !Links.leadsBack(entry) && hasFile(tree, entry.path()));
    }

    private Removal delete(BlobAddress address, boolean recursive, Consumer<DirectoryRecord> check, Predicate<FileTree> allowed) {
        return locks.withPath(address, () -> {
            moves.endBegun(address);
            FileTree tree = tree(address);
            check.accept(directories.find(address).orElseThrow(Directories::notFound));
            if (!allowed.test(tree)) {
                throw Directories.notEmpty();
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
            Runnable rest = parked.isPresent() ? park(parked.get()) : moves.remove(address);
            return () -> {
                rest.run();
                changes.accept(new Change.DirectoryDeleted(address, recursive));
                return new Removal(parked.isEmpty(), parked.map(Kept::id).orElse(null));
            };
        });
    }

    private Runnable park(Kept directory) {
        BlobAddress address = directory.address();
        metadata.change(() -> history.store(directory));
        return moves.move(address.key(), History.parkedKey(directory), tree(address).resolve(address.path()), directory.file(), null);
    }

    /** Puts a deleted directory back with all that was in it; {@code PathAlreadyExists} when something is in its place. */
    private Runnable restore(Kept directory) {
        BlobAddress address = directory.address();
        Path target = tree(address).resolve(address.path());
        requireFree(address, target);
        Runnable rest = moves.move(History.parkedKey(directory), address.key(), directory.file(), target, null);
        return () -> {
            rest.run();
            metadata.changeLazily(() -> history.forget(directory));
            history.expiring().lookAgain();
        };
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
    boolean undelete(BlobAddress address, String deletion, Consumer<Kept> restoreBlob) {
        return locks.withPaths(address, address, () -> {
            moves.endBegun(address);
            Kept found = history.of(address).stream().filter(candidate -> candidate.record().kind() == KeptRecord.Kind.DELETED
                && (deletion == null || candidate.id().equals(deletion))).reduce((one, later) -> later).orElseThrow(Blobs::notFound);
            Runnable rest = () -> { };
            if (found.record().isDirectory()) {
                rest = restore(found);
            } else {
                requireFree(address, tree(address).resolve(address.path()));
                restoreBlob.accept(found);
            }
            Runnable following = rest;
            return () -> {
                following.run();
                return found.record().isDirectory();
            };
        });
    }
}
