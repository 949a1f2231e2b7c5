package io.lazuli.storage.content;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.LakeNames;
import io.lazuli.storage.StorageError;
import io.lazuli.storage.content.FlatNames.Place;
import io.lazuli.storage.metadata.AccessRecord;
import io.lazuli.storage.metadata.AscendingReader;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.KeptRecord.Kind;
import io.lazuli.storage.metadata.LeaseRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** The files of blobs, with what is recorded of them. */
final class BlobFiles {
    private static final int LOOKS = 3;

    private final Lake lake;
    private final MetadataStore metadata;
    private final History history;
    private final FlatNames names;
    private final ImmutableBlobs immutable;
    private final Table<BlobEntry> entries;
    private final Table<LeaseRecord> leases;
    private final AccessRecords access;
    private final Table<Boolean> tagged;
    private final Table<Boolean> extending;
    private final Table<FileOverwrite> pageWrites;

    BlobFiles(Lake lake, MetadataStore metadata, History history) {
        this.lake = lake;
        this.metadata = metadata;
        this.history = history;
        this.names = new FlatNames(metadata);
        this.immutable = history.immutable();
        this.entries = metadata.table("blobs", BlobEntry.class);
        this.leases = metadata.table("leases", LeaseRecord.class);
        this.access = new AccessRecords(metadata);
        this.tagged = metadata.table(TagIndex.TABLE, Boolean.class);
        this.extending = metadata.table(BlobRecovery.EXTENDING, Boolean.class);
        this.pageWrites = metadata.table(PageBlobs.WRITES, FileOverwrite.class);
    }

    FileTree tree(BlobAddress address) {
        return lake.container(address.account(), address.container());
    }

    /** A new file in which a blob's content is written; the caller closes it. */
    StagedFile stage(BlobAddress address) {
        return new StagedFile(tree(address).stageFile(), lake.durability());
    }

    /** The same for content that is encrypted with a key; null for none. */
    StagedFile stage(BlobAddress address, CustomerKey key) {
        return new StagedFile(tree(address).stageFile(), key, lake.durability());
    }

    /** A new page blob of clear pages. */
    StagedFile stagePages(BlobAddress address, CustomerKey key, long size) throws IOException {
        StagedFile content = stage(address);
        try {
            if (key != null) {
                EncryptedPages.begin(content.channel(), key);
                content.encryptedWith(key.hash());
            }
            FileOverwrite.setSize(content.channel(), key == null ? size : EncryptedPages.place(size));
            return content;
        } catch (IOException | RuntimeException problem) {
            content.close();
            throw problem;
        }
    }

    /** Where a blob is, or would be looked for. */
    Place place(BlobAddress address) {
        return history.isFlat(address.account()) ? names.place(tree(address), address) : new Place(tree(address), address.path());
    }

    /** The file that holds a blob's bytes. */
    Optional<FileStatus> file(BlobAddress address) {
        return place(address).file();
    }

    /** One page of a container's blobs. */
    Listing list(BlobAddress container, Listing.Question question) {
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

    Optional<Blob> find(BlobAddress address) {
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
        return entry == null || matching(address.key(), entry, status) != null;
    }

    /** Whether what is known speaks of a file as it is. */
    boolean hasWritten(BlobAddress address, FileStatus status) {
        BlobEntry entry = entries.get(address.key());
        return entry != null && matching(address.key(), entry, status) != null;
    }

    /** The blob, or {@code BlobNotFound}. */
    Blob require(BlobAddress address) {
        return find(address).orElseThrow(Blobs::notFound);
    }

    /** The blob's content of a generation, or the current one for none. */
    Optional<Blob> find(BlobAddress address, Optional<Generation> generation) {
        if (generation.isEmpty()) {
            return find(address);
        }
        Optional<Blob> current = find(address).filter(blob -> isVersion(blob, generation.get()));
        return current.isPresent() ? current : history.find(address, generation.get()).map(Kept::blob);
    }

    static boolean isVersion(Blob blob, Generation generation) {
        return generation.kind() == Kind.VERSION && blob.record().version() != null
            && Generation.id(blob.record().version()).equals(generation.id());
    }

    /** The blob's content of a generation, or {@code BlobNotFound}. */
    Blob require(BlobAddress address, Optional<Generation> generation) {
        return find(address, generation).orElseThrow(Blobs::notFound);
    }

    /** A file of the lake as a blob. */
    Blob blob(BlobAddress address, FileStatus status) {
        String key = address.key();
        BlobEntry entry = entries.get(key);
        return blob(address, key, status, entry == null ? null : matching(key, entry, status));
    }

    /** The same for many files, faster when they come in the order of their names. For one thread. */
    BiFunction<BlobAddress, FileStatus, Blob> inOrder() {
        AscendingReader<BlobEntry> reader = entries.ascending();
        return (address, status) -> {
            String key = address.key();
            BlobEntry entry = reader.get(key);
            BlobRecord stored = entry == null ? null : matching(key, entry, status);
            return entry == null || stored != null ? blob(address, key, status, stored) : current(address, status);
        };
    }

    /** {@code stored} is what is recorded of the file as it is, null for one that came without this service. */
    private Blob blob(BlobAddress address, String key, FileStatus status, BlobRecord stored) {
        BlobRecord record = stored == null ? plain(status) : stored.at(TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()));
        return new Blob(address, record, status.file(), leases.get(key));
    }

    /**
     * The record that speaks of a file, null when none does. A file on its way from one content to the next has the one before; once it
     * has been written, what another program makes of it is a content of its own.
     */
    private BlobRecord matching(String key, BlobEntry entry, FileStatus status) {
        long stamp = micros(status.lastModified());
        boolean writing = entry.extended() && (extending.has(key) || pageWrites.has(key));
        return writing ? entry.whileWriting(status.size(), stamp) : entry.matching(status.size(), stamp);
    }

    static long micros(Instant instant) {
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1000;
    }

    /** A file that came without this service. */
    static BlobRecord plain(FileStatus status) {
        long stamp = micros(status.lastModified());
        return Blobs.ofFile(status.name()).withContent(status.size(), stamp, Math.min(micros(status.created()), stamp), stamp);
    }

    static FileChannel content(Blob blob, CustomerKey key) throws IOException {
        CustomerKey.require(key, blob.record().keyHash());
        FileChannel file = FileChannel.open(blob.file(), StandardOpenOption.READ);
        if (key == null) {
            return file;
        }
        return blob.record().kind() == BlobKind.PageBlob ? EncryptedPages.of(file, key) : new DecryptingChannel(file, key);
    }

    /** Puts a file where the blob is or, for a new one, where there is room for it. */
    Place putInPlace(BlobAddress address, Path file) {
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

    /** Keeps what is known of a blob. Within a change. */
    void store(BlobAddress address, BlobEntry entry) {
        entries.put(address.key(), entry);
        TagIndex.note(tagged, address.key(), entry);
        immutable.note(address.key(), entry.current(), entry.next());
        history.expiring().note(address.key(), entry);
    }

    /** Keeps who may use a blob. Within a change. */
    void store(BlobAddress address, AccessRecord record) {
        access.put(address, false, record);
    }

    /** The lease of a blob, null when it never had one. */
    LeaseRecord lease(BlobAddress address) {
        return leases.get(address.key());
    }

    /** Keeps a blob's lease. Within a change. */
    void store(BlobAddress address, LeaseRecord lease) {
        leases.put(address.key(), lease);
    }

    /** A blob that is made has no lease. Within a change. */
    void forgetLease(BlobAddress address) {
        leases.remove(address.key());
    }

    /** A lease that has ended or was broken is gone when its blob changes, so that it cannot be renewed. Within a change. */
    void forgetEndedLease(Blob changed) {
        if (changed.lease() != null && !changed.lease().isHeld(System.currentTimeMillis())) {
            forgetLease(changed.address());
        }
    }

    /** Forgets a blob that has been deleted. Within a change. */
    void forget(BlobAddress address) {
        entries.remove(address.key());
        names.forget(address);
        access.remove(address);
        tagged.remove(address.key());
        immutable.forget(address.key());
        leases.remove(address.key());
    }

    /** What is known of a blob, null for nothing. */
    BlobEntry entry(BlobAddress address) {
        return entries.get(address.key());
    }
}
