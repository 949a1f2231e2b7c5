package io.lazuli.storage.content;

import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContentHeaders;
import io.lazuli.storage.metadata.EntityTag;
import io.lazuli.storage.metadata.LeaseRecord;
import io.lazuli.storage.metadata.MetadataStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
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

    /** What happens to the snapshots of a blob that is deleted. */
    public enum Snapshots {
        /** It is not deleted when it has some. */
        REFUSE,
        INCLUDE,
        /** They are deleted and the blob is not. */
        ONLY
    }

    private final MetadataStore metadata;
    private final BlobFiles files;
    private final BlobWrites writes;
    private final BlobDeletion deletion;
    private final Locks locks;
    private final Consumer<Change> changes;
    private final History history;
    private final Accounts accounts;
    private final LastAccess access;
    private final BlobRecovery recovery;
    private final ContentCopies copies;
    private final FlatRenames renames;

    /** {@code changes} is told of what was written, deleted, or moved to another tier. */
    public Blobs(Lake lake, MetadataStore metadata, Locks locks, Consumer<Change> changes, History history, Accounts accounts) {
        this.metadata = metadata;
        this.locks = locks;
        this.changes = changes;
        this.history = history;
        this.accounts = accounts;
        files = new BlobFiles(lake, metadata, history);
        access = new LastAccess(metadata, accounts, history);
        BlobContext context =
            new BlobContext(files, lake, metadata, locks, changes, history, accounts, new Unfinished(metadata));
        deletion = new BlobDeletion(context);
        recovery = new BlobRecovery(context, deletion);
        writes = new BlobWrites(context, access, recovery);
        renames = new FlatRenames(context);
        copies = new ContentCopies(files, locks, history.files());
    }

    public FileTree tree(BlobAddress address) {
        return files.tree(address);
    }

    /** Whether this service has written a file as it is, not another program. */
    public boolean hasWritten(BlobAddress address, FileStatus file) {
        return files.hasWritten(address, file);
    }

    /** A new file in which a blob's content is written; the caller closes it. */
    public StagedFile stage(BlobAddress address) {
        return files.stage(address);
    }

    /** The same for content that is encrypted with a key; null for none. */
    public StagedFile stage(BlobAddress address, CustomerKey key) {
        return files.stage(address, key);
    }

    /** A new page blob of clear pages, encrypted unless the key is null; the caller closes it. */
    public StagedFile stagePages(BlobAddress address, CustomerKey key, long size) throws IOException {
        return files.stagePages(address, key, size);
    }

    /** One page of a container's blobs. */
    public Listing list(BlobAddress container, Listing.Question question) {
        return files.list(container, question);
    }

    public Optional<Blob> find(BlobAddress address) {
        return files.find(address);
    }

    /** The blob, or {@code BlobNotFound}. */
    public Blob require(BlobAddress address) {
        return files.require(address);
    }

    /** The blob's content of a generation, or the current one for none. */
    public Optional<Blob> find(BlobAddress address, Optional<Generation> generation) {
        return files.find(address, generation);
    }

    /** The blob's content of a generation, or {@code BlobNotFound}. */
    public Blob require(BlobAddress address, Optional<Generation> generation) {
        return files.require(address, generation);
    }

    /** The file that holds a blob's bytes. */
    Optional<FileStatus> file(BlobAddress address) {
        return files.file(address);
    }

    public static ServiceFailure notFound() {
        return new ServiceFailure(404, "BlobNotFound", "The specified blob does not exist.");
    }

    /** A file of the lake as a blob. */
    public Blob blob(BlobAddress address, FileStatus status) {
        return files.blob(address, status);
    }

    /** The same for many files, faster when they come in the order of their names. For one thread. */
    public BiFunction<BlobAddress, FileStatus, Blob> inOrder() {
        return files.inOrder();
    }

    /** What is known of a file of that path without looking at it: the type follows its name. */
    public static BlobRecord ofFile(String path) {
        String type = MimeTypes.DEFAULTS.getMimeByExtension(path.substring(path.lastIndexOf('/') + 1));
        return BlobRecord.of(BlobKind.BlockBlob, ContentHeaders.ofType(type == null ? ContentHeaders.DEFAULT_TYPE : type), Map.of());
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
                return new Opened(access.noted(blob), BlobFiles.content(blob, key));
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        });
    }

    /** A content as it is stored, encrypted or not. */
    public Opened openStored(BlobAddress address, Optional<Generation> generation) {
        return locks.withBlob(address, () -> {
            Blob blob = require(address, generation);
            try {
                return new Opened(blob, FileChannel.open(blob.file(), StandardOpenOption.READ));
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        });
    }

    /**
     * Puts a new file in the place of a blob, if there is one: who may use it is said anew.
     *
     * @param content sealed
     * @param check refuses when the blob that is there, or null, must not be replaced
     */
    public Blob put(BlobAddress address, StagedFile content, BlobRecord properties, Consumer<Blob> check) {
        return put(address, content, properties, check, NewFile.USUAL);
    }

    /** The same with what a new file may have of its own. */
    public Blob put(BlobAddress address, StagedFile content, BlobRecord properties, Consumer<Blob> check, NewFile file) {
        return writes.put(address, content, properties, check, file);
    }

    /** Gives a blob that is there other content and properties; who may use it stays. */
    public Blob rewrite(BlobAddress address, StagedFile content, BlobRecord properties, Consumer<Blob> check) {
        return writes.put(address, content, properties, check, NewFile.SAME);
    }

    /** Adds bytes at the end of a blob that must be there; one that cannot be added whole leaves the blob as it was. */
    public Blob append(BlobAddress address, Part part, Consumer<Blob> check, UnaryOperator<BlobRecord> change) {
        return writes.append(address, part, check, change);
    }

    /** Takes back what a crash left behind the ends of files, and ends what it left half done. */
    public void recover() {
        recovery.run();
        renames.recover();
    }

    /**
     * Gives a blob of an account with flat names another name, over another blob if there is one; in accounts with directories that is
     * theirs to do.
     *
     * @param source refuses when the blob must not be moved
     * @param replaced refuses when the blob that is there, or null, must not be replaced
     * @return the blob with its new name
     */
    public Blob rename(BlobAddress from, BlobAddress to, Consumer<Blob> source, Consumer<Blob> replaced, UnaryOperator<BlobRecord> change) {
        return renames.rename(from, to, source, replaced, change);
    }

    public static ServiceFailure noRenameSource() {
        return FlatRenames.noSource();
    }

    /** Forgets the lease of a blob that is changed, when it has ended. Within a change. */
    void forgetEndedLease(Blob changed) {
        files.forgetEndedLease(changed);
    }

    /** Fails when a policy or a legal hold keeps a blob from being changed. */
    void requireChangeable(Blob blob) {
        history.immutable().requireChangeable(blob);
    }

    /** Changes properties; the entity tag changes with them. {@code BlobNotFound} when there is no blob. */
    public Blob update(BlobAddress address, Consumer<Blob> check, UnaryOperator<BlobRecord> change) {
        // Where versions are kept, Azure refuses the metadata alone, not the properties.
        ImmutableBlobs immutable = history.immutable();
        Consumer<Blob> all = check.andThen(
            accounts.of(address.account()).versions() ? immutable::requireChangeableIn : immutable::requireChangeable);
        return rewrite(address, all, record -> change.apply(record).withModified(EntityTag.now()));
    }

    /** Changes what makes a new version where versions are kept: the blob as it was stays as one. */
    public Blob updateVersion(BlobAddress address, Consumer<Blob> check, UnaryOperator<BlobRecord> change) {
        if (!accounts.of(address.account()).versions()) {
            return update(address, check, change);
        }
        return copies.with(address, 1, check.andThen(history.immutable()::requireChangeable), (blob, copied) -> {
            Kept old = history.protection().prepareVersion(blob);
            history.files().move(copied.getFirst(), old.file());
            long now = EntityTag.now();
            BlobRecord record = change.apply(blob.record()).withModified(now).withVersion(now);
            metadata.change(() -> {
                history.store(old);
                files.store(address, new BlobEntry(record, null));
                files.forgetEndedLease(blob);
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
            metadata.change(() -> {
                files.store(address, new BlobEntry(record, null));
                if (record.modified() != blob.record().modified()) {
                    files.forgetEndedLease(blob);
                }
            });
            if (!Objects.equals(record.tier(), blob.record().tier())) {
                changes.accept(new Change.TierChanged(address, record));
            }
            return new Blob(address, record, blob.file(), blob.lease());
        });
    }

    /** Takes a snapshot; {@code change} gives it properties of its own. Where versions are kept, the blob becomes a new version. */
    public Blob snapshot(BlobAddress address, Consumer<Blob> check, UnaryOperator<BlobRecord> change) {
        boolean versions = accounts.of(address.account()).versions();
        return copies.with(address, versions ? 2 : 1, check.andThen(history.immutable()::requireChangeableIn), (blob, copied) -> {
            BlobRecord record = ImmutableBlobs.free(change.apply(blob.record()));
            if (!versions) {
                Kept taken = history.snapshot(blob, record, copied.getFirst());
                metadata.change(() -> history.store(taken));
                return taken.blob();
            }
            long version = EntityTag.now();
            Kept old = history.protection().prepareVersion(blob);
            history.files().move(copied.getFirst(), old.file());
            Kept taken = history.snapshot(blob, record.withVersion(version), copied.getLast());
            metadata.change(() -> {
                history.store(old);
                history.store(taken);
                files.store(address, new BlobEntry(blob.record().withVersion(version), null));
            });
            return taken.blob();
        });
    }

    /** Deletes a blob; for a while when the account has it so. */
    public Removal delete(BlobAddress address, Consumer<Blob> check, Snapshots option) {
        return deletion.delete(address, check, option);
    }

    /** Deletes a snapshot or version; for a while when the account has it so. Says whether for good. */
    public boolean delete(BlobAddress address, Generation generation, Consumer<Blob> check) {
        return deletion.delete(address, generation, check);
    }

    /** Removes what is kept of a deleted snapshot or version; fails as {@code forbidden} says when the account does not let it be done. */
    public void deleteForGood(BlobAddress address, Generation generation, Supplier<ServiceFailure> forbidden) {
        deletion.deleteForGood(address, generation, forbidden);
    }

    /** Restores a deleted blob where there is none, and its deleted snapshots and versions. {@code BlobNotFound} when nothing is kept. */
    public void undelete(BlobAddress address) {
        deletion.undelete(address);
    }

    /** Puts a deleted blob back in its place. */
    public void restore(Kept kept) {
        deletion.restore(kept);
    }

    /** Takes, changes or ends a lease; {@code change} gets the blob and gives its new lease. */
    public Blob lease(BlobAddress address, Function<Blob, LeaseRecord> change) {
        return locks.withBlob(address, () -> {
            Blob blob = require(address);
            LeaseRecord lease = change.apply(blob);
            metadata.change(() -> files.store(address, lease));
            return new Blob(address, blob.record(), blob.file(), lease);
        });
    }
}
