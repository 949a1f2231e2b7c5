package io.lazuli.storage.content;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.metadata.ContainerRecord;
import io.lazuli.storage.metadata.DeletedContainerRecord;
import io.lazuli.storage.metadata.DeletedContainerRecord.Stage;
import io.lazuli.storage.metadata.EntityTag;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Containers that were deleted, as long as their accounts keep them. Callers hold the container's lock where it says so. Thread-safe. */
public final class DeletedContainers {
    private static final Logger LOG = LoggerFactory.getLogger(DeletedContainers.class);

    /** One of those that can be restored. */
    public record Deleted(String account, String name, DeletedContainerRecord record) {
        String containerKey() {
            return account + "/" + name;
        }

        /** Its place in a list, behind that of the container which has its name now. */
        public String place() {
            return name + "\0" + record.version();
        }
    }

    private final Lake lake;
    private final MetadataStore metadata;
    private final Locks locks;
    private final History history;
    private final Blocks blocks;
    private final ContainerContents contents;
    private final Table<DeletedContainerRecord> deleted;
    private final Table<ContainerRecord> current;

    DeletedContainers(Lake lake, MetadataStore metadata, Locks locks, History history, Blocks blocks) {
        this.blocks = blocks;
        this.lake = lake;
        this.metadata = metadata;
        this.history = history;
        this.locks = locks;
        this.contents = new ContainerContents(metadata);
        this.deleted = metadata.table("deletedcontainers", DeletedContainerRecord.class);
        this.current = metadata.table("containers", ContainerRecord.class);
    }

    private FileTree tree(Deleted one) {
        return lake.container(one.account(), one.name());
    }

    private static String key(Deleted one) {
        return one.containerKey() + "\0" + one.record().version();
    }

    private Deleted at(String key) {
        String[] parts = key.substring(0, key.indexOf('\0')).split("/", 2);
        return new Deleted(parts[0], parts[1], deleted.get(key));
    }

    /** Those of an account that can be restored, by name, older ones first. */
    List<Deleted> list(String account) {
        return deleted.keys(account + "/").stream().map(this::at).filter(this::isRestorable).toList();
    }

    private boolean isRestorable(Deleted one) {
        return one.record() != null && one.record().stage() == Stage.KEPT && one.record().expires() > history.now();
    }

    /**
     * Deletes a container, for a while when its account has it so, else for good. Its lock is held; gives what ends it while nothing else
     * changes what is in it.
     */
    Supplier<Void> delete(String account, String name, ContainerRecord record) {
        endBegun(account, name);
        long retention = TimeUnit.DAYS.toMicros(history.account(account).containerRetentionDays());
        long moment = Math.max(EntityTag.now(), history.now());
        Deleted leaving = new Deleted(account, name,
            new DeletedContainerRecord(record, UUID.randomUUID().toString(), moment, moment + retention, Stage.LEAVING));
        Runnable beginning = () -> deleted.put(key(leaving), leaving.record());
        if (leaving.record().isKept()) {
            metadata.change(beginning);
        } else {
            metadata.changeToMakeRoom(beginning);
        }
        try {
            leave(leaving);
        } catch (RuntimeException problem) {
            stay(leaving, problem);
            throw problem;
        }
        return () -> {
            follow(leaving);
            if (!leaving.record().isKept()) {
                remove(leaving);
            }
            return null;
        };
    }

    private void leave(Deleted leaving) {
        tree(leaving).folder().layAside(leaving.record().file());
        metadata.changeToMakeRoom(() -> {
            current.remove(leaving.containerKey());
            contents.forgetLease(leaving.containerKey());
            deleted.put(key(leaving), leaving.record().with(Stage.LEFT));
        });
    }

    /** Lets what is known of a container's contents follow it; what another program has put in its place meanwhile keeps its own. */
    private void follow(Deleted left) {
        String container = left.containerKey();
        boolean anew = tree(left).folder().exists();
        Predicate<String> which = key -> !anew || !AtomicMoves.isThere(lake, key);
        if (!anew) {
            blocks.takeAll(left.account(), left.name()).run();
        }
        if (left.record().isKept()) {
            contents.park(container, left.record().file(), which);
        } else {
            history.removeBelow(container + "/", which);
            contents.forget(container, which);
        }
        Stage next = left.record().isKept() ? Stage.KEPT : Stage.REMOVING;
        metadata.changeToMakeRoom(() -> deleted.put(key(left), left.record().with(next)));
    }

    private void stay(Deleted leaving, RuntimeException reason) {
        try {
            if (tree(leaving).folder().isAside(leaving.record().file())) {
                tree(leaving).folder().bringBack(leaving.record().file());
            }
            metadata.change(() -> deleted.remove(key(leaving)));
        } catch (RuntimeException again) {
            // The next start ends what was begun.
            reason.addSuppressed(again);
        }
    }

    /**
     * Restores a container, of whose name there is none; {@code ContainerNotFound} when it is not kept. Its lock is held; gives what ends
     * it while nothing else changes what is in it.
     */
    Supplier<Void> restore(String account, String name, String version) {
        Deleted one = list(account).stream().filter(kept -> kept.name().equals(name) && kept.record().version().equals(version)).findFirst()
            .orElseThrow(Containers::notFound);
        // Of a container that another program removed.
        blocks.takeAll(account, name).run();
        contents.forget(one.containerKey(), key -> true);
        metadata.change(() -> deleted.put(key(one), one.record().with(Stage.RETURNING)));
        return () -> {
            comeBack(one);
            return null;
        };
    }

    private void comeBack(Deleted one) {
        contents.bringBack(one.record().file(), one.containerKey());
        metadata.change(() -> current.put(one.containerKey(), one.record().container()));
        tree(one).folder().bringBack(one.record().file());
        metadata.changeLazily(() -> deleted.remove(key(one)));
        history.expiring().lookAgain();
    }

    /** Ends what a crash interrupted, before anybody looks. */
    void recover() {
        deleted.keys("").forEach(key -> end(at(key)));
    }

    /** Ends what a failure interrupted of containers of that name. Nothing else changes there. */
    void endBegun(String account, String name) {
        deleted.keys(account + "/" + name + "\0").forEach(key -> end(at(key)));
    }

    private void end(Deleted one) {
        if (one.record() == null) {
            return;
        }
        boolean aside = tree(one).folder().isAside(one.record().file());
        switch (one.record().stage()) {
            case LEAVING -> {
                if (aside) {
                    leave(one);
                    follow(one);
                } else {
                    metadata.change(() -> deleted.remove(key(one)));
                }
            }
            case LEFT -> follow(one);
            case RETURNING -> {
                if (tree(one).folder().isTaken(one.record().file())) {
                    leave(one);
                    follow(one);
                } else if (aside) {
                    comeBack(one);
                } else {
                    metadata.change(() -> deleted.remove(key(one)));
                }
            }
            case KEPT, REMOVING -> { }
        }
    }

    /** Removes for good what nobody can restore any more. */
    void removeExpired() {
        for (String key : deleted.keys("")) {
            String container = key.substring(0, key.indexOf('\0'));
            try {
                locks.withContainer(container, () -> due(key)).ifPresent(this::remove);
            } catch (LazuliException | UncheckedIOException problem) {
                LOG.warn("Cannot remove the deleted container {}; it will be tried again", container, problem);
            }
        }
    }

    /** One that goes for good, so that nobody restores it any more. Its lock is held. */
    private Optional<Deleted> due(String key) {
        Deleted one = at(key);
        if (one.record() != null && one.record().stage() == Stage.LEFT) {
            follow(one);
            one = at(key);
        }
        if (one.record() != null && one.record().stage() == Stage.KEPT && one.record().expires() <= history.now()) {
            DeletedContainerRecord going = one.record().with(Stage.REMOVING);
            metadata.changeToMakeRoom(() -> deleted.put(key, going));
            one = at(key);
        }
        return Optional.of(one).filter(found -> found.record() != null && found.record().stage() == Stage.REMOVING);
    }

    private void remove(Deleted one) {
        try {
            FileTree tree = tree(one);
            for (String file : contents.keptFiles(one.record().file())) {
                FileTree.deleteAll(tree.keptFile(file));
            }
            tree.folder().removeAside(one.record().file());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        contents.forgetParked(one.record().file());
        metadata.changeLazily(() -> deleted.remove(key(one)));
    }
}
