package io.lazuli.storage.content;

import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.KeptRecord;
import io.lazuli.storage.metadata.KeptRecord.Kind;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import io.lazuli.storage.metadata.ServiceRecord.Retention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Contents that are no longer, or not only, the current ones of their blobs: snapshots, versions, deleted blobs and directories. Their
 * files are on the file system of the container, in a folder that is never listed. Callers hold the blob's lock. Thread-safe.
 */
public final class History {
    static final String TABLE = "kept";

    private final Lake lake;
    private final MetadataStore metadata;
    private final Table<KeptRecord> records;
    private final Accounts accounts;
    private final KeptFiles files;
    private final DataProtection protection;
    private final Overwrites overwrites;
    private final ImmutableBlobs immutable;
    private final ExpiryIndex expiring;
    private final PathRecords known;

    public History(Lake lake, MetadataStore metadata, Services services, Accounts accounts, InstantSource clock) {
        this.lake = lake;
        this.metadata = metadata;
        this.records = metadata.table(TABLE, KeptRecord.class);
        this.accounts = accounts;
        this.files = new KeptFiles(lake);
        this.protection = new DataProtection(files, services, accounts, new AccessRecords(metadata), clock);
        this.overwrites = new Overwrites(this, metadata);
        this.immutable = new ImmutableBlobs(lake, metadata, accounts);
        this.expiring = new ExpiryIndex(metadata);
        this.known = new PathRecords(metadata);
    }

    ExpiryIndex expiring() {
        return expiring;
    }

    ImmutableBlobs immutable() {
        return immutable;
    }

    KeptFiles files() {
        return files;
    }

    DataProtection protection() {
        return protection;
    }

    Overwrites overwrites() {
        return overwrites;
    }

    boolean isFlat(String account) {
        return !accounts.of(account).hierarchical();
    }

    AccountSettings account(String name) {
        return accounts.of(name);
    }

    long now() {
        return protection.now();
    }

    /** What is kept of a blob, by its moment; also what was deleted and can be restored. */
    public List<Kept> of(BlobAddress address) {
        List<Kept> found = new ArrayList<>();
        for (String key : records.keys(address.key() + "\0")) {
            load(key).ifPresent(found::add);
        }
        return found;
    }

    /** The snapshots or versions of a blob that were not deleted. */
    public List<Kept> of(BlobAddress address, Kind kind) {
        return of(address).stream().filter(kept -> kept.record().kind() == kind && !kept.isDeleted()).toList();
    }

    /** One that was not deleted. */
    Optional<Kept> find(BlobAddress address, Generation generation) {
        return load(address.key() + "\0" + generation.id()).filter(kept -> kept.record().kind() == generation.kind() && !kept.isDeleted());
    }

    /** What is kept in a container behind a place, in the order of names and moments. */
    public Iterator<Kept> from(BlobAddress place) {
        String prefix = place.containerKey() + "/";
        Iterator<String> keys = records.keysFrom(place.key());
        return new Iterator<>() {
            private Kept next = advance();

            private Kept advance() {
                while (keys.hasNext()) {
                    String key = keys.next();
                    if (!key.startsWith(prefix)) {
                        return null;
                    }
                    Optional<Kept> kept = load(key);
                    if (kept.isPresent()) {
                        return kept.get();
                    }
                }
                return null;
            }

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public Kept next() {
                Kept result = next;
                next = advance();
                return result;
            }
        };
    }

    /** What the record says when its file is there and its time has not come. */
    Optional<Kept> load(String key) {
        KeptRecord record = records.get(key);
        int end = key.lastIndexOf('\0');
        String[] parts = key.substring(0, end).split("/", 3);
        BlobAddress address = new BlobAddress(parts[0], parts[1], parts[2]);
        if (record == null || address.path().startsWith("\0") || record.expires() != null && record.expires() <= now()) {
            return Optional.empty();
        }
        Path file = files.file(address, record.file());
        return Files.exists(file) ? Optional.of(new Kept(address, key.substring(end + 1), record, file)) : Optional.empty();
    }

    /** Looks after a crash whether contents were overwritten that were about to be. */
    public void recover(Function<BlobAddress, Optional<Blob>> current) {
        overwrites.recover(current);
    }

    /** Whether a blob that is made now takes the place of a deleted one. */
    boolean isSuperseded(BlobAddress address) {
        return isFlat(address.account()) && of(address).stream().anyMatch(kept -> kept.record().kind() == Kind.DELETED);
    }

    /** Whether a blob that was modified then was deleted and can be restored. */
    boolean isDeleted(BlobAddress address, long modified) {
        return of(address).stream().anyMatch(kept -> kept.record().kind() == Kind.DELETED && !kept.record().isDirectory()
            && kept.record().record().modified() == modified);
    }

    /** Where names are flat, a blob that is made again takes the place of the deleted one, which becomes a deleted snapshot of it. */
    void supersede(BlobAddress address, BlobRecord successor) {
        if (accounts.of(address.account()).hierarchical()) {
            return;
        }
        List<Kept> all = of(address);
        for (Kept kept : all) {
            if (kept.record().kind() == Kind.DELETED) {
                boolean sameKind = kept.record().record().kind() == successor.kind();
                metadata.change(() -> {
                    forget(kept);
                    if (sameKind) {
                        String id = Generation.id(Long.parseLong(kept.id()));
                        store(new Kept(address, id, kept.record().withKind(Kind.SNAPSHOT), kept.file()));
                    }
                });
                if (!sameKind) {
                    all.stream().filter(Kept::isDeleted).forEach(this::remove);
                }
            }
        }
    }

    /** Stores what is known of a content; called within a change of the metadata. */
    void store(Kept kept) {
        records.put(kept.key(), kept.record());
        immutable.note(kept.key(), kept.record().record());
    }

    /** Forgets a content; called within a change of the metadata. */
    void forget(Kept kept) {
        records.remove(kept.key());
        immutable.forget(kept.key());
    }

    /** Takes a snapshot, of which the content is in a file. */
    Kept snapshot(Blob blob, BlobRecord record, Path content) {
        Kept kept = protection.prepareSnapshot(blob.address(), record);
        files.move(content, kept.file());
        return kept;
    }

    /** Deletes a snapshot or version: for a while when the account has it so, else for good. Says whether for good. */
    boolean delete(Kept kept, Optional<Retention> retention) {
        if (retention.isPresent()) {
            metadata.change(() -> store(kept.with(protection.deleted(kept.record(), retention.get()))));
            return false;
        }
        remove(kept);
        return true;
    }

    /** Removes a deleted snapshot or version before its time; fails as {@code forbidden} says when the account does not let it be done. */
    void removeDeleted(BlobAddress address, Generation generation, Supplier<ServiceFailure> forbidden) {
        protection.retention(address.account()).filter(Retention::permanentDelete).orElseThrow(forbidden);
        Kept kept = of(address).stream().filter(candidate -> candidate.isDeleted()
            && candidate.blob().generation().equals(generation)).findFirst().orElseThrow(Blobs::notFound);
        immutable.requireDeletable(kept.blob());
        remove(kept);
    }

    /** Removes a content for good. */
    void remove(Kept kept) {
        // A record without its file says nothing, so that it may be forgotten later.
        files.remove(kept);
        if (kept.record().isDirectory()) {
            removeParked(parkedKey(kept));
        }
        metadata.changeLazily(() -> forget(kept));
    }

    /** What stands for a deleted directory in the keys of what is known of its contents. */
    static String parkedKey(Kept directory) {
        return parkedKey(directory.address().containerKey(), directory.record());
    }

    private static String parkedKey(String containerKey, KeptRecord directory) {
        return containerKey + "/\0" + directory.file();
    }

    /** Whether a key stands for a deleted directory, or for something in it. */
    static boolean isParked(String key) {
        return key.split("/", 3)[2].startsWith("\0");
    }

    /** Removes what is kept of the contents of a deleted directory, and forgets them. */
    private void removeParked(String parkedKey) {
        removeBelow(parkedKey + "/", key -> true);
        known.forgetBelow(parkedKey, key -> true);
        metadata.change(() -> known.forget(parkedKey));
    }

    /** Removes all that is kept under keys that begin so and pass, for good. */
    void removeBelow(String prefix, Predicate<String> which) {
        List<String> keys = records.keys(prefix).stream().filter(which).toList();
        for (String key : keys) {
            KeptRecord record = records.get(key);
            if (record != null) {
                removeContent(key, record);
            }
        }
        metadata.changeEach(keys, records::remove);
    }

    private void removeContent(String key, KeptRecord record) {
        try {
            FileTree.deleteAll(file(key, record));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        if (record.isDirectory()) {
            String[] parts = key.split("/", 3);
            removeParked(parkedKey(parts[0] + "/" + parts[1], record));
        }
    }

    private Path file(String key, KeptRecord record) {
        String[] parts = key.split("/", 3);
        return lake.container(parts[0], parts[1]).keptFile(record.file());
    }

    /** Removes for good what was deleted and whose time has come, unless it is just being restored. */
    public void removeExpired(Locks locks) {
        for (String key : records.keys("")) {
            KeptRecord record = records.get(key);
            if (isExpired(key, record)) {
                String[] parts = key.split("/", 3);
                BlobAddress address = new BlobAddress(parts[0], parts[1], parts[2].substring(0, parts[2].lastIndexOf('\0')));
                Supplier<Void> removal = () -> {
                    removeExpired(address, key);
                    return null;
                };
                if (record.isDirectory()) {
                    locks.withPath(address, () -> removal);
                } else {
                    locks.withBlob(address, removal);
                }
            }
        }
    }

    private boolean isExpired(String key, KeptRecord record) {
        return record != null && !isParked(key) && record.expires() != null && record.expires() <= now();
    }

    private void removeExpired(BlobAddress address, String key) {
        KeptRecord record = records.get(key);
        if (isExpired(key, record)) {
            remove(new Kept(address, key.substring(key.lastIndexOf('\0') + 1), record, files.file(address, record.file())));
        }
    }
}
