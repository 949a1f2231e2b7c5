package io.lazuli.storage.content;

import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.KeptRecord.Kind;
import io.lazuli.storage.metadata.LeaseRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Gives blobs of accounts with flat names other names, so that a crash at any moment leaves each with the old name or the new one. */
final class FlatRenames {
    private final BlobFiles files;
    private final BlobContext context;
    private final MetadataStore metadata;
    private final History history;
    /** Those that have begun: the new keys by the old ones. */
    private final Table<String> begun;

    FlatRenames(BlobContext context) {
        this.context = context;
        files = context.files();
        metadata = context.metadata();
        history = context.history();
        begun = metadata.table("flat-renames", String.class);
    }

    /**
     * Renames a blob, over another one if there is one.
     *
     * @param source refuses when the blob must not be moved
     * @param replaced refuses when the blob that is there, or null, must not be replaced
     * @return the blob with its new name
     */
    Blob rename(BlobAddress from, BlobAddress to, Consumer<Blob> source, Consumer<Blob> replaced, UnaryOperator<BlobRecord> change) {
        return context.locks().withContainers(from.containerKey(), to.containerKey(), () -> {
            Blob blob = files.find(from).orElseThrow(FlatRenames::noSource);
            source.accept(blob);
            Containers.requireThere(files.tree(to));
            Blob existing = files.find(to).orElse(null);
            replaced.accept(existing);
            if (from.equals(to)) {
                return blob;
            }
            if (!history.of(from, Kind.SNAPSHOT).isEmpty()) {
                throw new ServiceFailure(409, "SnapshotsPresent", "This operation is not permitted because the blob has snapshots.");
            }
            history.immutable().requireDeletable(blob);
            history.immutable().requireReplaceable(existing, false);
            return move(blob, to, existing, change.apply(blob.record()));
        });
    }

    static ServiceFailure noSource() {
        return new ServiceFailure(404, "SourcePathNotFound", "The source path for a rename operation does not exist.");
    }

    private Blob move(Blob blob, BlobAddress to, Blob existing, BlobRecord record) {
        BlobAddress from = blob.address();
        metadata.change(() -> {
            files.store(to, new BlobEntry(existing == null ? null : existing.record(), record));
            begun.put(from.key(), to.key());
        });
        try {
            files.putInPlace(to, blob.file());
            context.lake().durability().forceFolder(blob.file().getParent());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (RuntimeException problem) {
            metadata.change(() -> begun.remove(from.key()));
            throw problem;
        }
        end(from, to);
        context.changes().accept(new Change.Renamed(from, to, false));
        return files.require(to);
    }

    /** The lease goes with the blob, but for one that is being broken: clients break it with a period in which they rename. */
    private void end(BlobAddress from, BlobAddress to) {
        metadata.change(() -> {
            LeaseRecord lease = files.lease(from);
            files.forget(from);
            files.forgetLease(to);
            if (lease != null && lease.breaks() == null) {
                files.store(to, lease);
            }
            begun.remove(from.key());
        });
    }

    /** Ends what a crash interrupted: the file system tells whether each has happened. */
    void recover() {
        for (String key : begun.keys("")) {
            BlobAddress from = address(key);
            BlobAddress to = address(begun.get(key));
            if (files.file(from).isEmpty() && files.file(to).isPresent()) {
                end(from, to);
            } else {
                metadata.change(() -> begun.remove(key));
            }
        }
    }

    private static BlobAddress address(String key) {
        String[] parts = key.split("/", 3);
        return new BlobAddress(parts[0], parts[1], parts[2]);
    }
}
