package io.lazuli.storage.content;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.LakeNames;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.ContainerProtection;
import io.lazuli.storage.metadata.ContainerRecord;
import io.lazuli.storage.metadata.EntityTag;
import io.lazuli.storage.metadata.Immutability;
import io.lazuli.storage.metadata.LeaseRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The containers of a lake: folders with their records. A folder that was made without this service is a container. Thread-safe. */
public final class Containers {
    /**
     * A container as it was when it was looked at.
     *
     * @param lease null when it never had one
     */
    public record Container(String account, String name, ContainerRecord record, LeaseRecord lease) {
    }

    private static final int LEAST_CHARACTERS = 3;
    private static final int MOST_CHARACTERS = 63;

    private final Lake lake;
    private final MetadataStore metadata;
    private final Table<ContainerRecord> records;
    private final Table<LeaseRecord> leases;
    private final Locks locks;
    private final History history;
    private final NewAccess newAccess;
    private final ContainerContents contents;
    private final DeletedContainers deleted;
    private final Blocks blocks;

    public Containers(Lake lake, MetadataStore metadata, Locks locks, History history, Blocks blocks) {
        this.contents = new ContainerContents(metadata);
        this.deleted = new DeletedContainers(lake, metadata, locks, history, blocks);
        this.blocks = blocks;
        this.history = history;
        this.lake = lake;
        this.metadata = metadata;
        this.newAccess = new NewAccess(metadata);
        this.locks = locks;
        this.records = metadata.table("containers", ContainerRecord.class);
        this.leases = metadata.table("leases", LeaseRecord.class);
    }

    private FileTree tree(String account, String name) {
        if (!name.isEmpty() && !name.startsWith("$") && (name.length() < LEAST_CHARACTERS || name.length() > MOST_CHARACTERS)) {
            throw ServiceFailure.badRequest("OutOfRangeInput", "The specified resource name length is not within the permissible limits.");
        }
        try {
            return lake.container(account, name);
        } catch (LazuliException refused) {
            throw ServiceFailure.badRequest("InvalidResourceName", "The specified resource name contains invalid characters. "
                + refused.getMessage());
        }
    }

    /** Whether slashes are signs like others in an account's names. */
    public boolean isFlat(String account) {
        return history.isFlat(account);
    }

    public boolean exists(String account, String name) {
        return tree(account, name).folder().exists();
    }

    /** The container, or {@code ContainerNotFound}. */
    public Container require(String account, String name) {
        return find(account, name).orElseThrow(Containers::notFound);
    }

    static ServiceFailure notFound() {
        return new ServiceFailure(404, "ContainerNotFound", "The specified container does not exist.");
    }

    /** Fails with {@code ContainerNotFound} when there is none. It stays while the lock is held of the container or of a blob in it. */
    static void requireThere(FileTree tree) {
        if (!tree.folder().exists()) {
            throw notFound();
        }
    }

    private Optional<Container> find(String account, String name) {
        FileTree tree = tree(account, name);
        if (!tree.folder().exists()) {
            return Optional.empty();
        }
        String key = account + "/" + name;
        return Optional.ofNullable(records.get(key)).or(() -> plain(tree))
            .map(record -> new Container(account, name, record, leases.get(key)));
    }

    /** Of a folder that nobody described; empty when it has just gone. */
    private static Optional<ContainerRecord> plain(FileTree tree) {
        try {
            long modified = Files.getLastModifiedTime(tree.root()).to(TimeUnit.MICROSECONDS);
            return Optional.of(ContainerRecord.of(modified, Map.of(), null));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** The account's containers, by name. */
    public List<Container> list(String account) {
        return lake.containers(account).stream().filter(Containers::isName).map(name -> find(account, name))
            .flatMap(Optional::stream).toList();
    }

    private static boolean isName(String folder) {
        try {
            LakeNames.container(folder);
            return true;
        } catch (LazuliException notOne) {
            return false;
        }
    }

    /** Whether a blob, snapshot or version in the container has a policy. */
    public boolean hasImmutabilityPolicy(Container container) {
        return container.record().protection().days() > 0
            || history.immutable().in(container.account() + "/" + container.name()).anyMatch(blob -> blob.until() != null);
    }

    /** Whether a blob, snapshot or version in the container has a legal hold. */
    public boolean hasLegalHold(Container container) {
        return !container.record().protection().holds().isEmpty()
            || history.immutable().in(container.account() + "/" + container.name()).anyMatch(Immutability::legalHold);
    }

    /** Makes a container; {@code ContainerAlreadyExists} when there is one. */
    public Container create(String account, String name, Map<String, String> properties, String publicAccess) {
        return create(account, name, ContainerRecord.of(EntityTag.now(), properties, publicAccess));
    }

    /** The same of a record. */
    public Container create(String account, String name, ContainerRecord record) {
        FileTree tree = tree(account, name);
        String key = account + "/" + name;
        return locks.withContainer(key, () -> {
            deleted.endBegun(account, name);
            requireNone(tree);
            // Of a container that another program removed.
            blocks.takeAll(account, name).run();
            contents.forget(key, inside -> true);
            metadata.change(() -> {
                contents.forgetLease(key);
                records.put(key, record);
                newAccess.putRoot(new BlobAddress(account, name, ""));
            });
            tree.folder().make();
            return new Container(account, name, record, null);
        });
    }

    private static void requireNone(FileTree tree) {
        if (tree.folder().exists()) {
            throw new ServiceFailure(409, "ContainerAlreadyExists", "The specified container already exists.");
        }
    }

    /** Removes a container with all in it; when its account keeps deleted containers, it can be restored for a while. */
    public void delete(String account, String name, Consumer<Container> check) {
        String key = account + "/" + name;
        locks.withContents(key, () -> {
            Container container = require(account, name);
            check.accept(container);
            history.immutable().requireNoProtection(key, () -> isEmpty(account, name));
            return deleted.delete(account, name, container.record());
        });
    }

    /** Whether it has neither blobs nor snapshots nor versions. */
    private boolean isEmpty(String account, String name) {
        FileTree tree = tree(account, name);
        Iterator<Kept> kept = history.from(new BlobAddress(account, name, ""));
        boolean empty = isEmpty(tree) && isEmpty(tree.aside());
        while (empty && kept.hasNext()) {
            empty = kept.next().isDeleted();
        }
        return empty;
    }

    private static boolean isEmpty(FileTree tree) {
        return Listing.of(tree, new Listing.Question("", null, "", 1)).items().isEmpty();
    }

    /** Changes what keeps a container's blobs from being changed; the container's entity tag stays. */
    public Container protect(String account, String name, UnaryOperator<ContainerProtection> change) {
        return update(account, name, container -> { }, record -> record.withProtection(change.apply(record.protection())));
    }

    /** Deletes a container as its owner does, whatever policy it has: it must be empty, and without a legal hold. */
    public void deleteEmpty(String account, String name) {
        locks.withContents(account + "/" + name, () -> {
            Container container = require(account, name);
            history.immutable().requireDeletable(account + "/" + name);
            if (container.lease() != null && container.lease().isHeld(System.currentTimeMillis())) {
                throw new ServiceFailure(409, "LeaseIdMissing",
                    "There is currently a lease on the container and no lease ID was specified in the request.");
            }
            if (!container.record().protection().holds().isEmpty() || !isEmpty(account, name)) {
                throw new ServiceFailure(409, "ContainerProtectedFromDeletion", "The container " + name + " of the storage account "
                    + account + " has a legal hold, or is not empty; the resource manager deletes empty ones here.");
            }
            return deleted.delete(account, name, container.record());
        });
    }

    /** Restores a deleted container with all that was in it; {@code ContainerAlreadyExists} when there is one of its name. */
    public void restore(String account, String name, String version) {
        FileTree tree = tree(account, name);
        locks.withContents(account + "/" + name, () -> {
            deleted.endBegun(account, name);
            requireNone(tree);
            return deleted.restore(account, name, version);
        });
    }

    /** The account's containers that were deleted and can be restored, by name, older ones first. */
    public List<DeletedContainers.Deleted> deleted(String account) {
        return deleted.list(account);
    }

    /** Ends what a crash interrupted, before anybody looks. */
    public void recover() {
        deleted.recover();
    }

    /** Removes for good what nobody can restore any more. */
    public void removeExpired() {
        deleted.removeExpired();
    }

    /** Changes properties; the entity tag changes with them. */
    public Container update(String account, String name, Consumer<Container> check, UnaryOperator<ContainerRecord> change) {
        String key = account + "/" + name;
        return locks.withContainer(key, () -> {
            Container container = require(account, name);
            check.accept(container);
            ContainerRecord changed = change.apply(container.record());
            metadata.change(() -> records.put(key, changed));
            return new Container(account, name, changed, container.lease());
        });
    }

    /** Takes, changes or ends a lease; {@code change} gets the container and gives its new lease. */
    public Container lease(String account, String name, Function<Container, LeaseRecord> change) {
        String key = account + "/" + name;
        return locks.withContainer(key, () -> {
            Container container = require(account, name);
            LeaseRecord lease = change.apply(container);
            metadata.change(() -> leases.put(key, lease));
            return new Container(account, name, container.record(), lease);
        });
    }
}
