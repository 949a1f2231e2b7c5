package io.lazuli.storage.content;

import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.EntityTag;
import io.lazuli.storage.metadata.KeptRecord;
import io.lazuli.storage.metadata.KeptRecord.Kind;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import io.lazuli.storage.metadata.ServiceRecord.Retention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Contents that are no longer, or not only, the current ones of their blobs: snapshots, versions, deleted blobs and directories. Their
 * files are on the file system of the container, in a folder that is never listed. Callers hold the blob's lock. Thread-safe.
 */
public final class History {
    static final String TABLE = "kept";
    private static final List<String> DESCRIPTIONS = List.of("blobs", "leases", "directories", "access", TABLE, ImmutableBlobs.TABLE);

    private final Lake lake;
    private final MetadataStore metadata;
    private final Table<KeptRecord> records;
    private final Services services;
    private final Accounts accounts;
    private final Table<Boolean> overwrites;
    private final InstantSource clock;
    private final ImmutableBlobs immutable;
    private final ExpiryIndex expiring;

    public History(Lake lake, MetadataStore metadata, Services services, Accounts accounts, InstantSource clock) {
        this.lake = lake;
        this.metadata = metadata;
        this.records = metadata.table(TABLE, KeptRecord.class);
        this.services = services;
        this.accounts = accounts;
        this.overwrites = metadata.table("overwrites", Boolean.class);
        this.clock = clock;
        this.immutable = new ImmutableBlobs(lake, metadata, accounts);
        this.expiring = new ExpiryIndex(metadata);
    }

    ExpiryIndex expiring() {
        return expiring;
    }

    ImmutableBlobs immutable() {
        return immutable;
    }

    boolean isFlat(String account) {
        return !accounts.of(account).hierarchical();
    }

    AccountSettings account(String name) {
        return accounts.of(name);
    }

    private FileTree tree(BlobAddress address) {
        return lake.container(address.account(), address.container());
    }

    /** What an account does with what is deleted, empty when it is gone at once. */
    Optional<Retention> retention(String account) {
        return Optional.of(services.of(account).deleteRetention()).filter(Retention::enabled);
    }

    long now() {
        return TimeUnit.MILLISECONDS.toMicros(clock.millis());
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

    /** One page of a container's blobs with what is kept of them. */
    public HistoryListing list(Blobs blobs, BlobAddress place, Listing.Question question, boolean currentToo,
            Predicate<Kept> wanted) {
        int cut = question.after().indexOf('\0');
        String name = cut < 0 ? question.after() : question.after().substring(0, cut);
        Listing rest = !currentToo ? new Listing(List.of(), null)
            : blobs.list(place, question.after(name));
        // The current content comes after what is kept of it.
        Listing current = cut < 0 || !currentToo ? rest : new Listing(prepend(
            question.wants(Listing.Kinds.FILES) ? current(place, name, blobs) : List.of(), rest.items()), rest.next());
        String begin = question.after().compareTo(question.prefix()) > 0 ? question.after() : question.prefix();
        return HistoryListing.of(current, from(place.withPath(begin)), question, wanted);
    }

    private static List<Listing.Item> current(BlobAddress place, String name, Blobs blobs) {
        return blobs.file(place.withPath(name))
            .<List<Listing.Item>>map(status -> List.of(new Listing.BlobItem(name, () -> Optional.of(status)))).orElse(List.of());
    }

    private static List<Listing.Item> prepend(List<Listing.Item> first, List<Listing.Item> rest) {
        List<Listing.Item> all = new ArrayList<>(first);
        all.addAll(rest);
        return all;
    }

    /** What the record says when its file is there and its time has not come. */
    private Optional<Kept> load(String key) {
        KeptRecord record = records.get(key);
        int end = key.lastIndexOf('\0');
        String[] parts = key.substring(0, end).split("/", 3);
        BlobAddress address = new BlobAddress(parts[0], parts[1], parts[2]);
        if (record == null || address.path().startsWith("\0") || record.expires() != null && record.expires() <= now()) {
            return Optional.empty();
        }
        Path file = tree(address).keptFile(record.file());
        return Files.exists(file) ? Optional.of(new Kept(address, key.substring(end + 1), record, file)) : Optional.empty();
    }

    /** A content to be kept under a moment; nothing is stored yet. */
    Kept prepare(BlobAddress address, Kind kind, BlobRecord record, long moment) {
        String name = UUID.randomUUID().toString();
        String file = name.substring(0, 2) + "/" + name;
        return new Kept(address, Generation.id(moment), KeptRecord.of(kind, file, record), tree(address).keptFile(file));
    }

    /** What a blob or directory becomes when it is deleted now and can be restored for a while. */
    Kept prepareDeletion(BlobAddress address, BlobRecord record, Retention retention) {
        long moment = EntityTag.now();
        Kept kept = prepare(address, Kind.DELETED, record, moment);
        return new Kept(address, Long.toString(moment), deleted(kept.record(), retention), kept.file());
    }

    /** What an overwritten blob becomes, empty when nobody wants to have it back. */
    Optional<Kept> prepareOverwritten(Blob existing) {
        AccountSettings account = accounts.of(existing.address().account());
        if (account.versions()) {
            return Optional.of(prepareVersion(existing));
        }
        boolean wanted = !account.hierarchical() && !"Archive".equals(existing.record().tier());
        return retention(existing.address().account()).filter(retention -> wanted).map(retention -> {
            Kept kept = prepare(existing.address(), Kind.SNAPSHOT, existing.record(), EntityTag.now());
            return kept.with(deleted(kept.record(), retention));
        });
    }

    /** What the current version becomes when there is another one. */
    Kept prepareVersion(Blob existing) {
        BlobRecord record = existing.record();
        return prepare(existing.address(), Kind.VERSION, record, record.version() == null ? record.created() : record.version());
    }

    /** Notes that a content is being overwritten: {@link #recover} looks whether it was. Called within a change of the metadata. */
    void beginOverwriting(Kept kept) {
        store(kept);
        overwrites.put(kept.key(), true);
    }

    /** Gives the file of a content that is being overwritten a second name. */
    void link(Path current, Kept kept) {
        try {
            FileTree.createFolders(kept.file().getParent(), lake.durability());
            try {
                Files.createLink(kept.file(), current);
            } catch (UnsupportedOperationException noLinks) {
                Files.copy(current, kept.file(), StandardCopyOption.COPY_ATTRIBUTES);
            }
            lake.durability().forceFolder(kept.file().getParent());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    void endOverwriting(Kept kept) {
        metadata.changeLazily(() -> overwrites.remove(kept.key()));
    }

    /** A content was not overwritten after all. */
    void cancelOverwriting(Kept kept) {
        remove(kept);
        endOverwriting(kept);
    }

    /** Looks after a crash whether contents were overwritten that were about to be. */
    public void recover(Function<BlobAddress, Optional<Blob>> current) {
        for (String key : overwrites.keys("")) {
            load(key).ifPresent(kept -> {
                if (current.apply(kept.address()).filter(blob -> isSame(kept.file(), blob.file())).isPresent()) {
                    remove(kept);
                }
            });
            metadata.changeLazily(() -> overwrites.remove(key));
        }
    }

    private static boolean isSame(Path kept, Path current) {
        try {
            return Files.exists(current) && Files.isSameFile(kept, current);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
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

    private KeptRecord deleted(KeptRecord record, Retention retention) {
        return record.withDeletion(now(), now() + TimeUnit.DAYS.toMicros(retention.days()));
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

    /** Copies a blob's bytes to where they are kept; durable when it returns. */
    void copy(Blob from, Kept to) {
        Path staged = tree(from.address()).stageFile();
        try (FileChannel source = FileChannel.open(from.file(), StandardOpenOption.READ);
                FileChannel target = FileChannel.open(staged, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long size = source.size();
            long copied = 0;
            while (copied < size) {
                long step = source.transferTo(copied, size - copied, target);
                if (step <= 0) {
                    throw new IOException("The file became shorter while it was copied");
                }
                copied += step;
            }
            target.force(true);
            move(staged, to.file());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Moves a blob's file or a folder to where it is kept; durable when it returns. */
    void move(Path from, Path to) {
        try {
            FileTree.createFolders(to.getParent(), lake.durability());
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            lake.durability().forceFolder(to.getParent());
            lake.durability().forceFolder(from.getParent());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Takes a snapshot. */
    Kept snapshot(Blob blob, BlobRecord record) {
        Kept kept = prepare(blob.address(), Kind.SNAPSHOT, record, EntityTag.now());
        copy(blob, kept);
        return kept;
    }

    /** Deletes a snapshot or version: for a while when the account has it so, else for good. Says whether for good. */
    boolean delete(Kept kept, Optional<Retention> retention) {
        if (retention.isPresent()) {
            metadata.change(() -> store(kept.with(deleted(kept.record(), retention.get()))));
            return false;
        }
        remove(kept);
        return true;
    }

    /** Removes a deleted snapshot or version before its time; fails as {@code forbidden} says when the account does not let it be done. */
    void removeDeleted(BlobAddress address, Generation generation, Supplier<ServiceFailure> forbidden) {
        retention(address.account()).filter(Retention::permanentDelete).orElseThrow(forbidden);
        Kept kept = of(address).stream().filter(candidate -> candidate.isDeleted()
            && candidate.blob().generation().equals(generation)).findFirst().orElseThrow(Blobs::notFound);
        immutable.requireDeletable(kept.blob());
        remove(kept);
    }

    /** Removes a content for good. */
    void remove(Kept kept) {
        try {
            // A record without its file says nothing, so that it may be forgotten later.
            FileTree.deleteAll(kept.file());
            lake.durability().forceFolder(kept.file().getParent());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        if (kept.record().isDirectory()) {
            removeBelow(parkedKey(kept) + "/");
        }
        metadata.changeLazily(() -> {
            forget(kept);
            if (kept.record().isDirectory()) {
                DESCRIPTIONS.forEach(table -> metadata.table(table, Object.class).removeAll(parkedKey(kept)));
            }
        });
    }

    /** What stands for a deleted directory in the keys of what is known of its contents. */
    static String parkedKey(Kept directory) {
        return directory.address().containerKey() + "/\0" + directory.record().file();
    }

    /** Removes all that is kept under keys that begin so, for good. */
    void removeBelow(String prefix) {
        List<String> keys = records.keys(prefix);
        for (String key : keys) {
            try {
                FileTree.deleteAll(file(key, records.get(key)));
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
        if (!keys.isEmpty()) {
            metadata.changeLazily(() -> records.removeAll(prefix));
        }
    }

    private Path file(String key, KeptRecord record) {
        String[] parts = key.split("/", 3);
        return lake.container(parts[0], parts[1]).keptFile(record.file());
    }

    /** Removes for good what was deleted and whose time has come, and what a crash left of contents that were never kept. */
    public void removeExpired() {
        for (String key : records.keys("")) {
            KeptRecord record = records.get(key);
            String path = key.split("/", 3)[2];
            if (record != null && !path.startsWith("\0") && record.expires() != null && record.expires() <= now()) {
                String[] parts = key.split("/", 3);
                BlobAddress address = new BlobAddress(parts[0], parts[1], path.substring(0, path.lastIndexOf('\0')));
                remove(new Kept(address, path.substring(path.lastIndexOf('\0') + 1), record, tree(address).keptFile(record.file())));
            }
        }
    }
}
