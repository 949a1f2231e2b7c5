package io.lazuli.storage.content;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.LakeNames;
import io.lazuli.storage.StorageError;
import io.lazuli.storage.content.FlatNames.Place;
import io.lazuli.storage.content.Unfinished.Note;
import io.lazuli.storage.content.Unfinished.Work;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContentHeaders;
import io.lazuli.storage.metadata.CopyRecord;
import io.lazuli.storage.metadata.EntityTag;
import io.lazuli.storage.metadata.KeptRecord.Kind;
import io.lazuli.storage.metadata.LeaseRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import io.lazuli.storage.metadata.ServiceRecord.Retention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.http.MimeTypes;

/**
 * The blobs of a lake: files with their records. Changes are durable when a method returns; after a crash each is whole or was never.
 * Thread-safe.
 */
public final class Blobs {
    /** A blob whose content is read; the caller closes it. */
    public record Opened(Blob blob, FileChannel channel) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static final int LOOKS = 3;

    private final Lake lake;
    private final MetadataStore metadata;
    private final Table<BlobEntry> entries;
    private final Table<LeaseRecord> leases;
    private final Table<Boolean> tagged;
    private final Table<Boolean> extending;
    private final Locks locks;
    private final NewAccess newAccess;
    private final Consumer<Change> changes;
    private final History history;
    private final Accounts accounts;
    private final FlatNames names;
    private final ImmutableBlobs immutable;
    private final LastAccess access;
    private final Unfinished unfinished;
    private final BlobRecovery recovery;

    /** {@code changes} is told of what was written, deleted, or moved to another tier. */
    public Blobs(Lake lake, MetadataStore metadata, Locks locks, Consumer<Change> changes, History history, Accounts accounts) {
        this.history = history;
        this.accounts = accounts;
        this.names = new FlatNames(metadata);
        this.immutable = history.immutable();
        this.access = new LastAccess(metadata, accounts, history);
        this.changes = changes;
        this.lake = lake;
        this.metadata = metadata;
        this.unfinished = new Unfinished(metadata);
        this.newAccess = new NewAccess(metadata);
        this.locks = locks;
        this.entries = metadata.table("blobs", BlobEntry.class);
        this.leases = metadata.table("leases", LeaseRecord.class);
        this.tagged = metadata.table(TagIndex.TABLE, Boolean.class);
        this.extending = metadata.table("extending", Boolean.class);
        this.recovery = new BlobRecovery(this, lake, metadata, history, unfinished);
    }

    public FileTree tree(BlobAddress address) {
        return lake.container(address.account(), address.container());
    }

    /** A new file in which a blob's content is written; the caller closes it. */
    public StagedFile stage(BlobAddress address) {
        return new StagedFile(tree(address).stageFile(), lake.durability());
    }

    /** The same for content that is encrypted with a key; null for none. */
    public StagedFile stage(BlobAddress address, CustomerKey key) {
        return new StagedFile(tree(address).stageFile(), key, lake.durability());
    }

    private Place place(BlobAddress address) {
        return history.isFlat(address.account()) ? names.place(tree(address), address) : new Place(tree(address), address.path());
    }

    /** The file that holds a blob's bytes. */
    Optional<FileStatus> file(BlobAddress address) {
        return place(address).file();
    }

    /** One page of a container's blobs. */
    public Listing list(BlobAddress container, Listing.Question question) {
        if (!history.isFlat(container.account())) {
            return Listing.of(tree(container), question);
        }
        String begin = question.after().compareTo(question.prefix()) > 0 ? question.after() : question.prefix();
        Listing plain = isHeld(question.prefix()) ? Listing.of(tree(container), question) : new Listing(List.of(), null);
        return FlatListing.of(plain, question, names.from(container.withPath(begin)),
            name -> FlatNames.aside(tree(container), container.withPath(name)).file());
    }

    /** Whether the file system can hold names that begin so. */
    private static boolean isHeld(String prefix) {
        try {
            LakeNames.path(prefix.substring(0, prefix.lastIndexOf('/') + 1));
            return true;
        } catch (LazuliException noPath) {
            return false;
        }
    }

    public Optional<Blob> find(BlobAddress address) {
        return address.path().isEmpty() ? Optional.empty()
            : file(address).map(status -> current(address, status));
    }

    /** The file may have changed twice since it was looked at, so that its record is gone: then it is looked at again. */
    private Blob current(BlobAddress address, FileStatus first) {
        FileStatus status = first;
        for (int i = 0; i < LOOKS && !isKnown(address, status); i++) {
            status = file(address).orElse(status);
        }
        return blob(address, status);
    }

    private boolean isKnown(BlobAddress address, FileStatus status) {
        BlobEntry entry = entries.get(address.key());
        return entry == null || entry.matching(status.size(), micros(status.lastModified())) != null;
    }

    /** The blob, or {@code BlobNotFound}. */
    public Blob require(BlobAddress address) {
        return find(address).orElseThrow(Blobs::notFound);
    }

    /** The blob's content of a generation, or the current one for none. */
    public Optional<Blob> find(BlobAddress address, Optional<Generation> generation) {
        if (generation.isEmpty()) {
            return find(address);
        }
        Optional<Blob> current = find(address).filter(blob -> isVersion(blob, generation.get()));
        return current.isPresent() ? current : history.find(address, generation.get()).map(Kept::blob);
    }

    private static boolean isVersion(Blob blob, Generation generation) {
        return generation.kind() == Kind.VERSION && blob.record().version() != null
            && Generation.id(blob.record().version()).equals(generation.id());
    }

    /** The blob's content of a generation, or {@code BlobNotFound}. */
    public Blob require(BlobAddress address, Optional<Generation> generation) {
        return find(address, generation).orElseThrow(Blobs::notFound);
    }

    public static ServiceFailure notFound() {
        return new ServiceFailure(404, "BlobNotFound", "The specified blob does not exist.");
    }

    /** A file of the lake as a blob. */
    public Blob blob(BlobAddress address, FileStatus status) {
        long stamp = micros(status.lastModified());
        BlobEntry entry = entries.get(address.key());
        BlobRecord stored = entry == null ? null : entry.matching(status.size(), stamp);
        BlobRecord record = stored == null ? plain(status, stamp) : stored.at(TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()));
        return new Blob(address, record, status.file(), leases.get(address.key()));
    }

    static long micros(Instant instant) {
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1000;
    }

    /** What is known of a file of that path without looking at it: the type follows its name. */
    public static BlobRecord ofFile(String path) {
        String type = MimeTypes.DEFAULTS.getMimeByExtension(path.substring(path.lastIndexOf('/') + 1));
        return BlobRecord.of(BlobKind.BlockBlob, ContentHeaders.ofType(type == null ? ContentHeaders.DEFAULT_TYPE : type), Map.of());
    }

    /** A file that came without this service. */
    private static BlobRecord plain(FileStatus status, long stamp) {
        return ofFile(status.name()).withContent(status.size(), stamp, Math.min(micros(status.created()), stamp), stamp);
    }

    /** The blob with its content, consistent with each other even when it is replaced meanwhile. */
    public Opened open(BlobAddress address) {
        return open(address, Optional.empty());
    }

    /** The same for a generation. */
    public Opened open(BlobAddress address, Optional<Generation> generation) {
        return open(address, generation, null);
    }

    /** The same with the key that the content is encrypted with, null for plain content; another key fails. */
    public Opened open(BlobAddress address, Optional<Generation> generation, CustomerKey key) {
        return locks.withBlob(address, () -> {
            Blob blob = require(address, generation);
            try {
                return new Opened(access.noted(blob), content(blob, key));
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        });
    }

    private static FileChannel content(Blob blob, CustomerKey key) throws IOException {
        CustomerKey.require(key, blob.record().keyHash());
        FileChannel file = FileChannel.open(blob.file(), StandardOpenOption.READ);
        return key == null ? file : new DecryptingChannel(file, key);
    }

    /**
     * Gives a blob new content and properties.
     *
     * @param content sealed
     * @param check refuses when the blob that is there, or null, must not be replaced
     */
    public Blob put(BlobAddress address, StagedFile content, BlobRecord properties, Consumer<Blob> check) {
        return locks.withBlob(address, () -> {
            Blob existing = find(address).orElse(null);
            check.accept(existing);
            boolean versions = accounts.of(address.account()).versions();
            ImmutableBlobs.requireReplaceable(existing, versions);
            long created = existing == null ? content.stamp() : existing.record().created();
            Long version = versions ? (Long) content.stamp() : null;
            BlobRecord record = properties.withContent(content.size(), content.stamp(), created, content.stamp())
                .withVersion(version).withAccessed(access.ofNew(address, content.stamp()))
                .withKeyHash(content.key() == null ? null : content.key().hash());
            if (existing != null) {
                return replace(address, existing, content, record, history.prepareOverwritten(existing));
            }
            Optional<Note> note = Optional.of(new Note(Work.SUPERSEDE, record.modified())).filter(some -> history.isSuperseded(address));
            return unfinished.during(address, note, () -> {
                Blob blob = replace(address, null, content, record, Optional.empty());
                note.ifPresent(some -> history.supersede(address, record));
                return blob;
            });
        });
    }

    /**
     * Bytes of a file.
     *
     * @param key what they are to be encrypted with, null for plain ones
     */
    public record Part(FileChannel file, long offset, long length, CustomerKey key) {
        /** Plain bytes. */
        public Part(FileChannel file, long offset, long length) {
            this(file, offset, length, null);
        }

        /** All of a sealed file. */
        public static Part of(StagedFile sealed, long length) throws IOException {
            return new Part(sealed.content(), 0, length, sealed.key());
        }
    }

    /** Adds bytes at the end of a blob that must be there; one that cannot be added whole leaves the blob as it was. */
    public Blob append(BlobAddress address, Part part, Consumer<Blob> check, UnaryOperator<BlobRecord> change) {
        return locks.withBlob(address, () -> {
            Blob existing = require(address);
            check.accept(existing);
            ImmutableBlobs.requireChangeable(existing.record());
            try {
                CustomerKey.require(part.key(), existing.record().keyHash());
                BlobRecord properties = change.apply(existing.record());
                boolean inPlace = part.key() == null && FileExtension.isPossible(existing.file());
                return inPlace ? extend(existing, part, properties) : rewrite(existing, part, properties);
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        });
    }

    private Blob extend(Blob existing, Part part, BlobRecord properties) throws IOException {
        BlobAddress address = existing.address();
        BlobRecord before = existing.record();
        long stamp = EntityTag.now();
        BlobRecord record = properties.withContent(before.size() + part.length(), stamp, before.created(), stamp);
        metadata.change(() -> {
            store(address, new BlobEntry(before, record, true));
            extending.put(address.key(), true);
        });
        try {
            new FileExtension(existing.file(), before.size(), before.stamp(), lake.durability())
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
    private Blob rewrite(Blob existing, Part part, BlobRecord properties) throws IOException {
        try (FileChannel old = content(existing, part.key()); StagedFile content = stage(existing.address(), part.key())) {
            copy(new Part(old, 0, old.size()), content.channel());
            copy(part, content.channel());
            content.seal();
            return replace(existing.address(), existing, content,
                properties.withContent(content.size(), content.stamp(), existing.record().created(), content.stamp()), Optional.empty());
        }
    }

    private static void copy(Part part, FileChannel to) throws IOException {
        for (long copied = 0; copied < part.length();) {
            copied += part.file().transferTo(part.offset() + copied, part.length() - copied, to);
        }
    }

    /** Takes back what a crash left behind the ends of files, and ends what it left half done. */
    public void recover() {
        recovery.run();
    }

    private Blob replace(BlobAddress address, Blob existing, StagedFile content, BlobRecord record, Optional<Kept> kept) {
        return PathConflicts.told(() -> {
            metadata.change(() -> {
                store(address, new BlobEntry(existing == null ? null : existing.record(), record));
                if (existing == null) {
                    leases.remove(address.key());
                    if (accounts.of(address.account()).hierarchical()) {
                        newAccess.put(tree(address), address, false);
                    }
                }
                kept.ifPresent(history::beginOverwriting);
            });
            kept.ifPresent(old -> history.link(existing.file(), old));
            Place place;
            try {
                place = putInPlace(address, content.path());
            } catch (RuntimeException failure) {
                kept.ifPresent(history::cancelOverwriting);
                throw failure;
            }
            content.placed();
            kept.ifPresent(history::endOverwriting);
            // What a copy will replace is not written yet.
            if (record.copy() == null || record.copy().status() != CopyRecord.Status.pending) {
                changes.accept(new Change.Written(address, record));
            }
            return new Blob(address, record, place.tree().resolve(place.path()), existing == null ? null : existing.lease());
        });
    }

    /** Puts a file where the blob is or, for a new one, where there is room for it. */
    private Place putInPlace(BlobAddress address, Path file) {
        Place place = place(address);
        if (!history.isFlat(address.account())) {
            place.tree().place(file, place.path());
            return place;
        }
        Place aside = FlatNames.aside(tree(address), address);
        if (!place.path().equals(aside.path())) {
            try {
                place.tree().place(file, place.path());
                return place;
            } catch (LazuliException taken) {
                if (taken.code() != StorageError.PATH_CONFLICT && taken.code() != CommonError.NOT_FOUND) {
                    throw taken;
                }
            }
        }
        metadata.change(() -> names.note(address));
        aside.tree().place(file, aside.path());
        return aside;
    }

    void store(BlobAddress address, BlobEntry entry) {
        entries.put(address.key(), entry);
        TagIndex.note(tagged, address.key(), entry);
        immutable.note(address.key(), entry.current(), entry.next());
        history.expiring().note(address.key(), entry);
    }

    /** Changes properties; the entity tag changes with them. {@code BlobNotFound} when there is no blob. */
    public Blob update(BlobAddress address, Consumer<Blob> check, UnaryOperator<BlobRecord> change) {
        // Where versions are kept, Azure refuses the metadata alone, not the properties.
        Consumer<Blob> all = accounts.of(address.account()).versions() ? check
            : check.andThen(blob -> ImmutableBlobs.requireChangeable(blob.record()));
        return rewrite(address, all, record -> change.apply(record).withModified(EntityTag.now()));
    }

    /** Changes what makes a new version where versions are kept: the blob as it was stays as one. */
    public Blob updateVersion(BlobAddress address, Consumer<Blob> check, UnaryOperator<BlobRecord> change) {
        return locks.withBlob(address, () -> {
            if (!accounts.of(address.account()).versions()) {
                return update(address, check, change);
            }
            Blob blob = require(address);
            check.accept(blob);
            ImmutableBlobs.requireChangeable(blob.record());
            Kept old = history.prepareVersion(blob);
            history.copy(blob, old);
            long now = EntityTag.now();
            BlobRecord record = change.apply(blob.record()).withModified(now).withVersion(now);
            metadata.change(() -> {
                history.store(old);
                store(address, new BlobEntry(record, null));
            });
            return new Blob(address, record, blob.file(), blob.lease());
        });
    }

    /** Changes the tags or the tier of a snapshot or version, or of the current content. */
    public Blob rewrite(BlobAddress address, Optional<Generation> generation, Consumer<Blob> check, UnaryOperator<BlobRecord> change) {
        return locks.withBlob(address, () -> {
            Blob blob = require(address, generation);
            if (blob.generation() == null) {
                return rewrite(address, check, change);
            }
            check.accept(blob);
            Kept kept = history.find(address, blob.generation()).orElseThrow(Blobs::notFound);
            Kept changed = kept.with(kept.record().withRecord(change.apply(blob.record())));
            metadata.change(() -> history.store(changed));
            return changed.blob();
        });
    }

    /** Changes what does not count as a change of the blob: tags and tier; the entity tag stays. */
    public Blob rewrite(BlobAddress address, Consumer<Blob> check, UnaryOperator<BlobRecord> change) {
        return locks.withBlob(address, () -> {
            Blob blob = require(address);
            check.accept(blob);
            BlobRecord record = change.apply(blob.record());
            metadata.change(() -> store(address, new BlobEntry(record, null)));
            if (!Objects.equals(record.tier(), blob.record().tier())) {
                changes.accept(new Change.TierChanged(address, record));
            }
            return new Blob(address, record, blob.file(), blob.lease());
        });
    }

    /** Takes a snapshot; {@code change} gives it properties of its own. */
    public Blob snapshot(BlobAddress address, Consumer<Blob> check, UnaryOperator<BlobRecord> change) {
        return locks.withBlob(address, () -> {
            Blob blob = require(address);
            check.accept(blob);
            return history.snapshot(blob, ImmutableBlobs.free(change.apply(blob.record()))).blob();
        });
    }

    /** What happens to the snapshots of a blob that is deleted. */
    public enum Snapshots {
        /** It is not deleted when it has some. */
        REFUSE,
        INCLUDE,
        /** They are deleted and the blob is not. */
        ONLY
    }

    /** Deletes a blob; for a while when the account has it so. Says whether for good. */
    public boolean delete(BlobAddress address, Consumer<Blob> check, Snapshots option) {
        return locks.withBlob(address, () -> {
            Blob blob = require(address);
            check.accept(blob);
            List<Kept> snapshots = history.of(address, Kind.SNAPSHOT);
            if (option == Snapshots.REFUSE && !snapshots.isEmpty()) {
                throw new ServiceFailure(409, "SnapshotsPresent", "This operation is not permitted because the blob has snapshots.");
            }
            AccountSettings account = accounts.of(address.account());
            if (option != Snapshots.ONLY && !account.versions()) {
                ImmutableBlobs.requireDeletable(blob.record());
            }
            snapshots.forEach(snapshot -> ImmutableBlobs.requireDeletable(snapshot.record().record()));
            Work work = option == Snapshots.ONLY ? Work.DELETE_SNAPSHOTS : Work.DELETE;
            return unfinished.during(address, Optional.of(new Note(work, blob.record().modified())).filter(note -> !snapshots.isEmpty()),
                () -> delete(blob, snapshots, option == Snapshots.ONLY));
        });
    }

    boolean delete(Blob blob, List<Kept> snapshots, boolean snapshotsOnly) {
        BlobAddress address = blob.address();
        AccountSettings account = accounts.of(address.account());
        Optional<Retention> retention = history.retention(address.account());
        // Hierarchical accounts do not restore snapshots.
        snapshots.forEach(snapshot -> history.delete(snapshot, account.hierarchical() ? Optional.empty() : retention));
        if (snapshotsOnly) {
            return retention.isEmpty();
        }
        Optional<Kept> kept = account.versions() ? Optional.of(history.prepareVersion(blob))
            : retention.map(days -> history.prepareDeletion(address, blob.record(), days));
        remove(blob, kept);
        changes.accept(new Change.Deleted(address, blob.record()));
        return kept.isEmpty();
    }

    private void remove(Blob blob, Optional<Kept> kept) {
        BlobAddress address = blob.address();
        if (kept.isPresent()) {
            metadata.change(() -> history.store(kept.get()));
            history.move(blob.file(), kept.get().file());
        } else {
            Place place = place(address);
            place.tree().deleteFile(place.path());
        }
        Runnable forget = () -> {
            entries.remove(address.key());
            names.forget(address);
            tagged.remove(address.key());
            immutable.forget(address.key());
            leases.remove(address.key());
        };
        if (blob.lease() == null) {
            metadata.changeLazily(forget);
        } else {
            metadata.change(forget);
        }
    }

    /** Deletes a snapshot or version; for a while when the account has it so. Says whether for good. */
    public boolean delete(BlobAddress address, Generation generation, Consumer<Blob> check) {
        return locks.withBlob(address, () -> {
            if (find(address).filter(blob -> isVersion(blob, generation)).isPresent()) {
                throw new ServiceFailure(403, "OperationNotAllowedOnRootBlob", "The operation is not allowed on the current version.");
            }
            Kept kept = history.find(address, generation).orElseThrow(Blobs::notFound);
            check.accept(kept.blob());
            ImmutableBlobs.requireDeletable(kept.record().record());
            boolean forGood = accounts.of(address.account()).hierarchical();
            return history.delete(kept, forGood ? Optional.empty() : history.retention(address.account()));
        });
    }

    /** Removes what is kept of a deleted snapshot or version; fails as {@code forbidden} says when the account does not let it be done. */
    public void deleteForGood(BlobAddress address, Generation generation, Supplier<ServiceFailure> forbidden) {
        locks.withBlob(address, () -> {
            history.removeDeleted(address, generation, forbidden);
            return null;
        });
    }

    /** Restores a deleted blob where there is none, and its deleted snapshots and versions. {@code BlobNotFound} when nothing is kept. */
    public void undelete(BlobAddress address) {
        locks.withBlob(address, () -> {
            List<Kept> all = history.of(address);
            Optional<Blob> current = find(address);
            if (all.isEmpty() && current.isEmpty()) {
                throw notFound();
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
    public void restore(Kept kept) {
        BlobAddress address = kept.address();
        PathConflicts.told(() -> {
            metadata.change(() -> store(address, new BlobEntry(kept.record().record().withExpiry(null), null)));
            putInPlace(address, kept.file());
            metadata.changeLazily(() -> history.forget(kept));
            return null;
        });
    }

    /** Takes, changes or ends a lease; {@code change} gets the blob and gives its new lease. */
    public Blob lease(BlobAddress address, Function<Blob, LeaseRecord> change) {
        return locks.withBlob(address, () -> {
            Blob blob = require(address);
            LeaseRecord lease = change.apply(blob);
            metadata.change(() -> leases.put(address.key(), lease));
            return new Blob(address, blob.record(), blob.file(), lease);
        });
    }
}
