package io.lazuli.storage.content;

import io.lazuli.storage.Durability;
import io.lazuli.storage.content.FlatNames.Place;
import io.lazuli.storage.content.Unfinished.Note;
import io.lazuli.storage.content.Unfinished.Work;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.AccessRecord;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.CopyRecord;
import io.lazuli.storage.metadata.EntityTag;
import io.lazuli.storage.metadata.LeaseRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Gives blobs new content. */
final class BlobWrites {
    private final BlobFiles files;
    private final MetadataStore metadata;
    private final Locks locks;
    private final Durability durability;
    private final Consumer<Change> changes;
    private final History history;
    private final Accounts accounts;
    private final LastAccess access;
    private final NewAccess newAccess;
    private final FormerAccess formerAccess;
    private final Unfinished unfinished;
    private final BlobRecovery recovery;
    private final Table<Boolean> extending;

    BlobWrites(BlobContext context, LastAccess access, BlobRecovery recovery) {
        files = context.files();
        metadata = context.metadata();
        locks = context.locks();
        durability = context.lake().durability();
        changes = context.changes();
        history = context.history();
        accounts = context.accounts();
        unfinished = context.unfinished();
        newAccess = new NewAccess(metadata);
        formerAccess = new FormerAccess(metadata);
        extending = metadata.table(BlobRecovery.EXTENDING, Boolean.class);
        this.access = access;
        this.recovery = recovery;
    }

    /**
     * Gives a blob new content and properties.
     *
     * @param content sealed
     * @param check refuses when the blob that is there, or null, must not be replaced
     */
    Blob put(BlobAddress address, StagedFile content, BlobRecord properties, Consumer<Blob> check, NewFile file) {
        return locks.withBlob(address, () -> {
            Blob existing = files.find(address).orElse(null);
            if (existing == null) {
                Containers.requireThere(files.tree(address));
            }
            check.accept(existing);
            boolean versions = accounts.of(address.account()).versions();
            history.immutable().requireReplaceable(existing, versions);
            long created = existing == null ? content.stamp() : existing.record().created();
            Long version = versions ? (Long) content.stamp() : null;
            BlobRecord record = properties.withContent(content.size(), content.stamp(), created, content.stamp())
                .withVersion(version).withAccessed(access.ofNew(address, content.stamp()))
                .withKeyHash(content.keyHash());
            LeaseRecord lease = file.lease().apply(existing == null ? null : existing.lease());
            if (existing != null) {
                return replace(existing, new Content(address, content, record, lease, file.access()),
                    history.protection().prepareOverwritten(existing));
            }
            Optional<Note> note = Optional.of(new Note(Work.SUPERSEDE, record.modified())).filter(some -> history.isSuperseded(address));
            return unfinished.during(address, note, () -> {
                Blob blob = replace(null, new Content(address, content, record, lease, file.access()), Optional.empty());
                note.ifPresent(some -> history.supersede(address, record));
                return blob;
            });
        });
    }

    /** Adds bytes at the end of a blob that must be there; one that cannot be added whole leaves the blob as it was. */
    Blob append(BlobAddress address, Blobs.Part part, Consumer<Blob> check, UnaryOperator<BlobRecord> change) {
        return locks.withBlob(address, () -> {
            Blob existing = files.require(address);
            check.accept(existing);
            if (existing.record().kind() == BlobKind.PageBlob) {
                throw ServiceFailure.invalidBlobType();
            }
            history.immutable().requireGrowing(existing);
            try {
                CustomerKey.require(part.key(), existing.record().keyHash());
                BlobRecord properties = change.apply(existing.record());
                boolean inPlace = (part.key() == null || part.length() == 0) && FileExtension.isPossible(existing.file());
                return inPlace ? extend(existing, part, properties) : rewrite(existing, part, properties);
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        });
    }

    private Blob extend(Blob existing, Blobs.Part part, BlobRecord properties) throws IOException {
        BlobAddress address = existing.address();
        BlobRecord before = existing.record();
        long stamp = EntityTag.now();
        BlobRecord record = properties.withContent(before.size() + part.length(), stamp, before.created(), stamp);
        metadata.change(() -> {
            files.store(address, new BlobEntry(before, record, true));
            files.forgetEndedLease(existing);
            extending.put(address.key(), true);
        });
        try {
            new FileExtension(existing.file(), before.size(), before.stamp(), durability)
                .write(part.file(), part.offset(), part.length(), stamp);
        } catch (IOException | RuntimeException problem) {
            recovery.recover(address.key());
            throw problem;
        }
        metadata.changeLazily(() -> extending.remove(address.key()));
        changes.accept(new Change.Written(address, record));
        return new Blob(address, record, existing.file(), existing.lease());
    }

    /** For encrypted content, for a file that has other names, and for a file system that does not tell. */
    private Blob rewrite(Blob existing, Blobs.Part part, BlobRecord properties) throws IOException {
        try (FileChannel old = BlobFiles.content(existing, part.key()); StagedFile content = files.stage(existing.address(), part.key())) {
            copy(new Blobs.Part(old, 0, old.size()), content.channel());
            copy(part, content.channel());
            content.seal();
            BlobRecord record = properties.withContent(content.size(), content.stamp(), existing.record().created(), content.stamp());
            return replace(existing, new Content(existing.address(), content, record, existing.lease(), null), Optional.empty());
        }
    }

    private static void copy(Blobs.Part part, FileChannel to) throws IOException {
        for (long copied = 0; copied < part.length();) {
            long step = part.file().transferTo(part.offset() + copied, part.length() - copied, to);
            if (step <= 0) {
                throw new IOException("What is appended became shorter while it was read");
            }
            copied += step;
        }
    }

    /** A new content with its lease, null for none, and who may use it, null when that stays. */
    private record Content(BlobAddress address, StagedFile file, BlobRecord record, LeaseRecord lease, UnaryOperator<AccessRecord> access) {
    }

    private Blob replace(Blob existing, Content content, Optional<Kept> kept) {
        BlobAddress address = content.address();
        BlobRecord record = content.record();
        return PathConflicts.told(() -> {
            if (existing == null && accounts.of(address.account()).hierarchical()) {
                // Before anything is said of the file: what is said of a directory has the same keys.
                files.tree(address).requireFilePlace(address.path());
            }
            metadata.change(() -> {
                note(existing, content);
                kept.ifPresent(history.overwrites()::begin);
            });
            kept.ifPresent(old -> history.files().link(existing.file(), old));
            Place place;
            try (Replaced _ = new Replaced(existing)) {
                place = files.putInPlace(address, content.file().path());
            } catch (RuntimeException failure) {
                kept.ifPresent(history.overwrites()::cancel);
                formerAccess.restore(address.key());
                throw failure;
            }
            content.file().placed();
            formerAccess.forget(address.key());
            kept.ifPresent(history.overwrites()::end);
            // What a copy will replace is not written yet.
            if (record.copy() == null || record.copy().status() != CopyRecord.Status.pending) {
                changes.accept(new Change.Written(address, record));
            }
            return new Blob(address, record, place.tree().resolve(place.path()), content.lease());
        });
    }

    /** Within a change. */
    private void note(Blob existing, Content content) {
        BlobAddress address = content.address();
        files.store(address, new BlobEntry(existing == null ? null : existing.record(), content.record()));
        if (existing == null) {
            files.forgetLease(address);
        } else {
            files.forgetEndedLease(existing);
        }
        if (content.access() != null && accounts.of(address.account()).hierarchical()) {
            Runnable change = () -> newAccess.put(files.tree(address), address, false, content.access());
            if (existing == null) {
                change.run();
            } else {
                formerAccess.during(address.key(), content.record().modified(), change);
            }
        }
        if (content.lease() != null && (existing == null || !content.lease().equals(existing.lease()))) {
            files.store(address, content.lease());
        }
    }
}
