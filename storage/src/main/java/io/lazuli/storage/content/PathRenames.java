package io.lazuli.storage.content;

import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.MetadataStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Gives files and directories of accounts with directories other names, each in one step. */
final class PathRenames {
    private final Lake lake;
    private final MetadataStore metadata;
    private final Locks locks;
    private final Consumer<Change> changes;
    private final History history;
    private final DataProtection protection;
    private final ImmutableBlobs immutable;
    private final AtomicMoves moves;

    PathRenames(Lake lake, MetadataStore metadata, Locks locks, Consumer<Change> changes, History history, AtomicMoves moves) {
        this.lake = lake;
        this.metadata = metadata;
        this.locks = locks;
        this.changes = changes;
        this.history = history;
        this.protection = history.protection();
        this.immutable = history.immutable();
        this.moves = moves;
    }

    private FileTree tree(BlobAddress address) {
        return lake.container(address.account(), address.container());
    }

    /**
     * Moves a file or directory, with what is known of it, in one step; over a file or an empty directory.
     *
     * @param transaction the client's id of the request, which the path tells from then on; null for none
     * @param check refuses, or gives the file that is there and will be gone
     */
    void rename(BlobAddress from, BlobAddress to, String transaction, Supplier<Optional<Blob>> check) {
        locks.withPaths(from, to, () -> {
            moves.endBegun(from);
            moves.endBegun(to);
            Containers.requireThere(tree(to));
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
            Runnable rest = move(from, to, transaction, old);
            return () -> {
                rest.run();
                old.ifPresent(history.overwrites()::end);
                changes.accept(new Change.Renamed(from, to, Files.isDirectory(target)));
                return null;
            };
        });
        // What has expired meanwhile was passed over.
        history.expiring().lookAgain();
    }

    private Runnable move(BlobAddress from, BlobAddress to, String transaction, Optional<Kept> old) {
        try {
            return moves.move(from.key(), to.key(), tree(from).resolve(from.path()), tree(to).resolve(to.path()), transaction);
        } catch (RuntimeException failure) {
            old.ifPresent(history.overwrites()::cancel);
            throw failure;
        }
    }

    private void requirePlace(BlobAddress from, BlobAddress to, Path source, Path target) {
        if (!Files.exists(source)) {
            throw new ServiceFailure(404, "SourcePathNotFound", "The source path for a rename operation does not exist.");
        }
        boolean inItself = Files.isDirectory(source) && to.equals(from) || to.key().startsWith(from.key() + "/");
        if (from.path().isEmpty() || to.path().isEmpty() || inItself) {
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
            throw Directories.notEmpty();
        }
    }
}
