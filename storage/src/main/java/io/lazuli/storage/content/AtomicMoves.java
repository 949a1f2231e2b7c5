package io.lazuli.storage.content;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.Lake;
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

/** Moves files and folders with what is known of them, so that a crash at any moment leaves both or neither moved. */
final class AtomicMoves {
    /**
     * A move that has begun: what it moves to.
     *
     * @param transaction the client's id of the request, null for none
     */
    record Move(String to, String transaction) {
    }

    private final Directories directories;
    private final Lake lake;
    private final MetadataStore metadata;
    private final PathRecords known;
    private final Table<Move> begun;
    private final Table<DirectoryRecord> records;
    private final Table<BlobEntry> blobs;
    private final Table<LeaseRecord> leases;

    AtomicMoves(Directories directories, Lake lake, MetadataStore metadata) {
        this.directories = directories;
        this.lake = lake;
        this.metadata = metadata;
        this.known = new PathRecords(metadata);
        this.begun = metadata.table("renames", Move.class);
        this.records = metadata.table("directories", DirectoryRecord.class);
        this.blobs = metadata.table("blobs", BlobEntry.class);
        this.leases = metadata.table("leases", LeaseRecord.class);
    }

    /** Moves from one key and file to others, over what is there; {@code transaction} is the client's id of the request, null for none. */
    void move(String from, String to, Path source, Path target, String transaction) {
        Move move = new Move(to, transaction);
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
        metadata.change(() -> follow(from, move));
    }

    private void follow(String from, Move move) {
        String to = move.to();
        if (!from.equals(to)) {
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

    /** Ends the moves that a crash interrupted: the file system tells whether each has happened. */
    void recover() {
        for (String from : begun.keys("")) {
            Move move = begun.get(from);
            try {
                boolean moved = !Files.exists(path(from)) && Files.exists(path(move.to()));
                metadata.change(moved ? () -> follow(from, move) : () -> begun.remove(from));
            } catch (LazuliException goneOrLink) {
                metadata.change(() -> begun.remove(from));
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
