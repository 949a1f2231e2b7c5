package io.lazuli.storage.content;

import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.content.FlatNames.Place;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContainerProtection;
import io.lazuli.storage.metadata.Immutability;
import io.lazuli.storage.metadata.KeptRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Which blobs, snapshots and versions must not be changed or deleted: those with a policy or a legal hold. A policy that has ended lets
 * its blob be deleted, not changed. Callers hold the lock of the blob or container. Thread-safe.
 */
public final class ImmutableBlobs {
    /** Hints, so that a directory or container is searched quickly: the records say what holds. */
    static final String TABLE = "immutable";

    private final Lake lake;
    private final Table<Boolean> hints;
    private final Table<BlobEntry> entries;
    private final Table<KeptRecord> kept;
    private final FlatNames names;
    private final Accounts accounts;
    private final ProtectedContainers containers;

    ImmutableBlobs(Lake lake, MetadataStore metadata, Accounts accounts) {
        this.lake = lake;
        this.hints = metadata.table(TABLE, Boolean.class);
        this.entries = metadata.table("blobs", BlobEntry.class);
        this.kept = metadata.table(History.TABLE, KeptRecord.class);
        this.names = new FlatNames(metadata);
        this.accounts = accounts;
        this.containers = new ProtectedContainers(metadata);
    }

    /** Keeps the hint of a key in step with its records; called within a change of the metadata. */
    void note(String key, BlobRecord... records) {
        boolean any = Stream.of(records).anyMatch(record -> record != null && record.immutability() != null);
        if (any) {
            hints.put(key, true);
        } else {
            hints.remove(key);
        }
    }

    /** Called within a change of the metadata. */
    void forget(String key) {
        hints.remove(key);
    }

    /** Fails when a blob, snapshot or version must not be deleted now, as it or its container is protected. */
    void requireDeletable(Blob blob) {
        requireDeletable(blob.record());
        containers.requireDeletable(blob.address(), blob.record());
    }

    private static void requireDeletable(BlobRecord record) {
        Immutability immutability = record.immutability();
        if (immutability != null) {
            requireNoHold(immutability);
            if (immutability.lasts(TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()))) {
                throw dueToPolicy();
            }
        }
    }

    /** Fails when a blob must not be changed, as it or its container has a policy, or had one, or a hold. */
    void requireChangeable(Blob blob) {
        requireChangeable(blob.record());
        requireChangeableIn(blob);
    }

    /** The same as far as the container goes. */
    void requireChangeableIn(Blob blob) {
        containers.requireChangeable(blob.address(), blob.record());
    }

    /** The same for what adds to the end. */
    void requireGrowing(Blob blob) {
        requireChangeable(blob.record());
        containers.requireGrowing(blob.address(), blob.record());
    }

    private static void requireChangeable(BlobRecord record) {
        Immutability immutability = record.immutability();
        if (immutability != null) {
            requireNoHold(immutability);
            if (immutability.until() != null) {
                throw dueToPolicy();
            }
        }
    }

    /** Fails when a new content must not take the place of one, null for none: a version stays when its blob is overwritten. */
    void requireReplaceable(Blob existing, boolean versions) {
        if (existing != null && !versions) {
            requireChangeable(existing.record());
        }
        if (existing != null) {
            requireChangeableIn(existing);
        }
    }

    /** The record without policy and hold. */
    static BlobRecord free(BlobRecord record) {
        return record.withImmutability(Immutability.NONE);
    }

    /** Changes a record's policy or hold; a policy that is locked can only be extended. */
    public static BlobRecord change(BlobRecord record, UnaryOperator<Immutability> change) {
        Immutability old = record.immutability() == null ? Immutability.NONE : record.immutability();
        Immutability changed = change.apply(old);
        if (old.locked() && changed.until() == null) {
            throw new ServiceFailure(409, "ImmutabilityPolicyDeleteOnLockedPolicy",
                "The immutability policy is locked; it cannot be deleted.");
        }
        if (old.locked() && (!changed.locked() || changed.until() < old.until())) {
            throw dueToPolicy();
        }
        return record.withImmutability(changed);
    }

    private static void requireNoHold(Immutability immutability) {
        if (immutability.legalHold()) {
            throw dueToHold();
        }
    }

    static ServiceFailure dueToHold() {
        return new ServiceFailure(409, "BlobImmutableDueToLegalHold",
            "This operation is not permitted as the blob is immutable due to one or more legal holds.");
    }

    static ServiceFailure dueToPolicy() {
        return new ServiceFailure(409, "BlobImmutableDueToPolicy",
            "This operation is not permitted as the blob is immutable due to a policy.");
    }

    /** Fails when a path, something in it, or a snapshot or version of it must not be deleted now. */
    void requireDeletable(String key) {
        Stream.of(List.of(key).stream().filter(hints::has), hints.keys(key + "\0").stream(), hints.keys(key + "/").stream())
            .flatMap(keys -> keys).map(this::record).flatMap(Optional::stream).forEach(ImmutableBlobs::requireDeletable);
    }

    /** The same for a path that is to be renamed, or a directory that is to be deleted: what is in it stays there. */
    void requireRemovable(BlobAddress address) {
        requireDeletable(address.key());
        ContainerProtection protection = containers.of(address.containerKey());
        if (!protection.protects()) {
            return;
        }
        Optional<FileStatus> file = file(address);
        file.ifPresent(status -> containers.requireDeletable(address, record(address.key()).orElseGet(() -> BlobFiles.plain(status))));
        FileTree tree = lake.container(address.account(), address.container());
        if (file.isEmpty() && Files.isDirectory(tree.resolve(address.path())) && !tree.names(address.path()).isEmpty()) {
            throw ProtectedContainers.refused(protection);
        }
    }

    /** Fails when a container must not be deleted: what has a policy that is not locked must be empty. */
    void requireNoProtection(String containerKey, Supplier<Boolean> empty) {
        requireDeletable(containerKey);
        ContainerProtection protection = containers.of(containerKey);
        if (!protection.holds().isEmpty()) {
            throw new ServiceFailure(409, "ContainerHasLegalHold",
                "The requested operation is not allowed as the container has one or more legal holds.");
        }
        if (protection.locked()) {
            throw new ServiceFailure(409, "ContainerImmutabilityPolicyLocked",
                "The requested operation is not allowed as the container has a locked immutability policy.");
        }
        if (protection.days() > 0 && !empty.get()) {
            throw dueToPolicy();
        }
    }

    /** All that have a policy or a hold in a container. */
    Stream<Immutability> in(String containerKey) {
        return hints.keys(containerKey + "/").stream().map(this::record).flatMap(Optional::stream).map(BlobRecord::immutability)
            .filter(Objects::nonNull);
    }

    /** What is known of the blob, snapshot or version of a key, empty when its file is gone or another one. */
    private Optional<BlobRecord> record(String key) {
        if (key.indexOf('\0') >= 0) {
            return Optional.ofNullable(kept.get(key)).map(KeptRecord::record);
        }
        BlobEntry entry = entries.get(key);
        String[] parts = key.split("/", 3);
        return entry == null ? Optional.empty() : file(new BlobAddress(parts[0], parts[1], parts[2]))
            .map(status -> entry.whileWriting(status.size(), BlobFiles.micros(status.lastModified())));
    }

    private Optional<FileStatus> file(BlobAddress address) {
        FileTree tree = lake.container(address.account(), address.container());
        boolean flat = !accounts.of(address.account()).hierarchical();
        return (flat ? names.place(tree, address) : new Place(tree, address.path())).file();
    }
}
