package io.lazuli.storage.content;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.StorageFailures;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.DirectoryRecord;
import io.lazuli.storage.metadata.LeaseRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Predicate;

/**
 * Moves files and folders with what is known of them, so that a crash at any moment leaves both or neither moved. Of a folder with many
 * files that takes a while: what is known of them follows, and until it has, nothing else may change the paths.
 */
final class AtomicMoves {
    /**
     * A move that has begun.
     *
     * @param to what it moves to, null when it is removed for good
     * @param transaction the client's id of the request, null for none
     * @param moved whether the folder has moved, so that only what is known of it is to follow; null while nobody knows
     */
    record Move(String to, String transaction, Boolean moved) {
        private Move done() {
            return new Move(to, transaction, true);
        }

        private boolean isDone() {
            return Boolean.TRUE.equals(moved);
        }
    }

    private static final Move REMOVAL = new Move(null, null, null);

    private final Directories directories;
    private final Lake lake;
    private final MetadataStore metadata;
    private final History history;
    private final PathRecords known;
    private final Table<Move> begun;
    private final Table<DirectoryRecord> records;
    private final Table<BlobEntry> blobs;
    private final Table<LeaseRecord> leases;

    AtomicMoves(Directories directories, Lake lake, MetadataStore metadata, History history) {
        this.directories = directories;
        this.lake = lake;
        this.metadata = metadata;
        this.history = history;
        this.known = new PathRecords(metadata);
        this.begun = metadata.table("renames", Move.class);
        this.records = metadata.table("directories", DirectoryRecord.class);
        this.blobs = metadata.table("blobs", BlobEntry.class);
        this.leases = metadata.table("leases", LeaseRecord.class);
    }

    /**
     * Moves from one key and file to others, over what is there; {@code transaction} is the client's id of the request, null for none.
     *
     * @return what makes that which is known follow
     */
    Runnable move(String from, String to, Path source, Path target, String transaction) {
        Move move = new Move(to, transaction, null);
        metadata.change(() -> begun.put(from, move));
        try {
            lake.durability().createFolders(target.getParent());
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            lake.durability().forceFolder(target.getParent());
            lake.durability().forceFolder(source.getParent());
        } catch (IOException problem) {
            metadata.change(() -> begun.remove(from));
            throw new UncheckedIOException(problem);
        }
        return Files.isDirectory(target) ? followed(from, move) : () -> metadata.change(() -> follow(from, move));
    }

    /** Gives what makes all that is known of a folder follow it. */
    private Runnable followed(String from, Move move) {
        String to = move.to();
        if (!move.isDone() && !from.equals(to)) {
            metadata.change(() -> {
                known.forget(to);
                begun.put(from, move.done());
            });
        }
        return () -> {
            if (!from.equals(to)) {
                known.moveBelow(from, to, key -> true);
            }
            metadata.change(() -> follow(from, move.done()));
        };
    }

    private void follow(String from, Move move) {
        String to = move.to();
        if (!from.equals(to)) {
            if (!move.isDone()) {
                known.forget(to);
            }
            known.move(from, to);
            // A lease that is being broken ends with the rename: clients break it with a period in which they rename.
            LeaseRecord lease = leases.get(to);
            if (lease != null && lease.breaks() != null) {
                leases.remove(to);
            }
        }
        if (move.transaction() != null) {
            note(to, move.transaction());
        }
        begun.remove(from);
    }

    private void note(String key, String transaction) {
        String[] parts = key.split("/", 3);
        FileStatus status = lake.container(parts[0], parts[1]).status(parts[2]).orElse(null);
        if (status != null && status.folder()) {
            directories.find(new BlobAddress(parts[0], parts[1], parts[2]))
                .ifPresent(record -> records.put(key, record.withTransaction(transaction)));
        } else if (status != null) {
            BlobEntry entry = blobs.get(key);
            BlobRecord current = entry == null ? null : entry.matching(status.size(), BlobFiles.micros(status.lastModified()));
            BlobRecord record = current == null ? BlobFiles.plain(status) : current;
            blobs.put(key, new BlobEntry(record.withTransaction(transaction), null));
        }
    }

    /** Takes a directory away for good, and gives what removes the files that were in it and what is known of them. */
    Runnable remove(BlobAddress address) {
        String key = address.key();
        metadata.changeToMakeRoom(() -> begun.put(key, REMOVAL));
        Path aside;
        try {
            aside = lake.container(address.account(), address.container()).takeAway(address.path());
        } catch (RuntimeException problem) {
            metadata.change(() -> begun.remove(key));
            throw problem;
        }
        metadata.changeToMakeRoom(() -> begun.put(key, REMOVAL.done()));
        return () -> {
            try {
                FileTree.deleteAll(aside);
            } catch (IOException problem) {
                throw StorageFailures.of("Cannot remove " + aside, problem);
            } finally {
                forget(key);
            }
        };
    }

    private void forget(String removed) {
        history.removeBelow(removed + "/", key -> true);
        known.forgetBelow(removed, key -> true);
        metadata.change(() -> {
            known.forget(removed);
            begun.remove(removed);
        });
    }

    /** Ends the moves that a crash interrupted: it was noted, or the file system tells, whether each has happened. */
    void recover() {
        begun.keys("").forEach(this::end);
    }

    /** Ends those of a path, or of what is in it or above, that a failure interrupted: before the path moves on. Its lock is held. */
    void endBegun(BlobAddress address) {
        for (String from : begun.keys("")) {
            Move move = begun.get(from);
            if (move != null && (isNear(from, address.key()) || move.to() != null && isNear(move.to(), address.key()))) {
                end(from);
            }
        }
    }

    private static boolean isNear(String one, String other) {
        return (one + "/").startsWith(other + "/") || (other + "/").startsWith(one + "/");
    }

    private void end(String from) {
        Move move = begun.get(from);
        if (!move.isDone() && !hasMoved(from, move)) {
            metadata.change(() -> begun.remove(from));
        } else if (move.isDone() && isThere(lake, from)) {
            leaveWhatIsNew(from, move);
        } else if (move.to() == null) {
            forget(from);
        } else {
            followed(from, move).run();
        }
    }

    /** Something was made where the folder was, after a failure had kept what was known of it from following: its own records stay. */
    private void leaveWhatIsNew(String from, Move move) {
        Predicate<String> old = key -> !isThere(lake, key);
        if (move.to() == null) {
            history.removeBelow(from + "/", old);
            known.forgetBelow(from, old);
        } else {
            known.moveBelow(from, move.to(), old);
        }
        metadata.change(() -> begun.remove(from));
    }

    private boolean hasMoved(String from, Move move) {
        return !isThere(lake, from) && (move.to() == null || isThere(lake, move.to()));
    }

    /** Whether there is a file or folder of that key, or of the path that a key of something kept begins with. */
    static boolean isThere(Lake lake, String key) {
        int end = key.indexOf('\0', key.lastIndexOf('/') + 2);
        try {
            return Files.exists(path(lake, end < 0 ? key : key.substring(0, end)));
        } catch (LazuliException goneOrLink) {
            return false;
        }
    }

    private static Path path(Lake lake, String key) {
        String[] parts = key.split("/", 3);
        if (parts[2].startsWith("\0")) {
            return lake.container(parts[0], parts[1]).keptFile(parts[2].substring(1));
        }
        return lake.container(parts[0], parts[1]).resolve(parts[2]);
    }
}
