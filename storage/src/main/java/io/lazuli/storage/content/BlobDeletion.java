package io.lazuli.storage.content;

import io.lazuli.storage.content.FlatNames.Place;
import io.lazuli.storage.content.Unfinished.Note;
import io.lazuli.storage.content.Unfinished.Work;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.KeptRecord.Kind;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.ServiceRecord.Retention;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Deletes blobs, with their snapshots and for a while, and restores them. */
final class BlobDeletion {
    private final BlobFiles files;
    private final MetadataStore metadata;
    private final Locks locks;
    private final Consumer<Change> changes;
    private final History history;
    private final Accounts accounts;
    private final Unfinished unfinished;

    BlobDeletion(BlobContext context) {
        files = context.files();
        metadata = context.metadata();
        locks = context.locks();
        changes = context.changes();
        history = context.history();
        accounts = context.accounts();
        unfinished = context.unfinished();
    }

    /** Deletes a blob; for a while when the account has it so. */
    Removal delete(BlobAddress address, Consumer<Blob> check, Blobs.Snapshots option) {
        return locks.withBlob(address, () -> {
            Blob blob = files.require(address);
            check.accept(blob);
            List<Kept> snapshots = history.of(address, Kind.SNAPSHOT);
            if (option == Blobs.Snapshots.REFUSE && !snapshots.isEmpty()) {
                throw new ServiceFailure(409, "SnapshotsPresent", "This operation is not permitted because the blob has snapshots.");
            }
            AccountSettings account = accounts.of(address.account());
            if (option != Blobs.Snapshots.ONLY) {
                history.immutable().requireDeletable(blob);
            }
            snapshots.forEach(snapshot -> history.immutable().requireDeletable(snapshot.blob()));
            Work work = option == Blobs.Snapshots.ONLY ? Work.DELETE_SNAPSHOTS : Work.DELETE;
            return unfinished.during(address, Optional.of(new Note(work, blob.record().modified())).filter(note -> !snapshots.isEmpty()),
                () -> delete(blob, snapshots, option == Blobs.Snapshots.ONLY));
        });
    }

    Removal delete(Blob blob, List<Kept> snapshots, boolean snapshotsOnly) {
        BlobAddress address = blob.address();
        AccountSettings account = accounts.of(address.account());
        Optional<Retention> retention = history.protection().retention(address.account());
        // Hierarchical accounts do not restore snapshots.
        snapshots.forEach(snapshot -> history.delete(snapshot, account.hierarchical() ? Optional.empty() : retention));
        if (snapshotsOnly) {
            return new Removal(retention.isEmpty(), null);
        }
        Optional<Kept> kept = account.versions() ? Optional.of(history.protection().prepareVersion(blob))
            : retention.map(days -> history.protection().prepareDeletion(address, blob.record(), days));
        remove(blob, kept);
        changes.accept(new Change.Deleted(address, blob.record()));
        return new Removal(kept.isEmpty(), kept.filter(some -> account.hierarchical()).map(Kept::id).orElse(null));
    }

    private void remove(Blob blob, Optional<Kept> kept) {
        BlobAddress address = blob.address();
        if (kept.isPresent()) {
            metadata.change(() -> history.store(kept.get()));
            history.files().move(blob.file(), kept.get().file());
        } else {
            Place place = files.place(address);
            place.tree().deleteFile(place.path());
        }
        Runnable forget = () -> files.forget(address);
        if (blob.lease() == null) {
            metadata.changeLazily(forget);
        } else {
            metadata.change(forget);
        }
    }

    /** Deletes a snapshot or version; for a while when the account has it so. Says whether for good. */
    boolean delete(BlobAddress address, Generation generation, Consumer<Blob> check) {
        return locks.withBlob(address, () -> {
            if (files.find(address).filter(blob -> BlobFiles.isVersion(blob, generation)).isPresent()) {
                throw new ServiceFailure(403, "OperationNotAllowedOnRootBlob", "The operation is not allowed on the current version.");
            }
            Kept kept = history.find(address, generation).orElseThrow(Blobs::notFound);
            check.accept(kept.blob());
            history.immutable().requireDeletable(kept.blob());
            boolean forGood = accounts.of(address.account()).hierarchical();
            return history.delete(kept, forGood ? Optional.empty() : history.protection().retention(address.account()));
        });
    }

    /** Removes what is kept of a deleted snapshot or version; fails as {@code forbidden} says when the account does not let it be done. */
    void deleteForGood(BlobAddress address, Generation generation, Supplier<ServiceFailure> forbidden) {
        locks.withBlob(address, () -> {
            history.removeDeleted(address, generation, forbidden);
            return null;
        });
    }

    /** Restores a deleted blob where there is none, and its deleted snapshots and versions. {@code BlobNotFound} when nothing is kept. */
    void undelete(BlobAddress address) {
        locks.withBlob(address, () -> {
            List<Kept> all = history.of(address);
            Optional<Blob> current = files.find(address);
            if (all.isEmpty() && current.isEmpty()) {
                throw Blobs.notFound();
            }
            Optional<Kept> deleted = all.stream().filter(kept -> kept.record().kind() == Kind.DELETED).reduce((one, later) -> later)
                .filter(kept -> current.isEmpty());
            return unfinished.during(address, deleted.map(kept -> new Note(Work.UNDELETE, kept.record().record().modified())), () -> {
                deleted.ifPresent(this::restore);
                metadata.change(() -> all.stream().filter(kept -> kept.isDeleted() && kept.record().kind() != Kind.DELETED)
                    .forEach(kept -> history.store(kept.with(kept.record().withDeletion(null, null)))));
                return null;
            });
        });
    }

    /** Puts a deleted blob back in its place. */
    void restore(Kept kept) {
        BlobAddress address = kept.address();
        PathConflicts.told(() -> {
            metadata.change(() -> {
                files.store(address, new BlobEntry(kept.record().record().withExpiry(null), null));
                if (kept.record().access() != null) {
                    files.store(address, kept.record().access());
                }
            });
            files.putInPlace(address, kept.file());
            metadata.changeLazily(() -> history.forget(kept));
            return null;
        });
    }
}
