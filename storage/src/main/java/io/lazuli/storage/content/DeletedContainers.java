package io.lazuli.storage.content;

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
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Containers that were deleted, as long as their accounts keep them. Callers hold the container's lock where it says so. Thread-safe. */
public final class DeletedContainers {
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

    /** Deletes a container, for a while when its account has it so, else for good. Its lock is held. */
    void delete(String account, String name, ContainerRecord record) {
        long retention = TimeUnit.DAYS.toMicros(history.account(account).containerRetentionDays());
        long moment = Math.max(EntityTag.now(), history.now());
        Deleted leaving = new Deleted(account, name,
            new DeletedContainerRecord(record, UUID.randomUUID().toString(), moment, moment + retention, Stage.LEAVING));
        metadata.change(() -> deleted.put(key(leaving), leaving.record()));
        try {
            leave(leaving);
        } catch (RuntimeException problem) {
            stay(leaving, problem);
            throw problem;
        }
        if (retention == 0) {
            remove(leaving);
        }
    }

    private void leave(Deleted leaving) {
        DeletedContainerRecord record = leaving.record();
        tree(leaving).folder().layAside(record.file());
        metadata.change(() -> {
            contents.park(leaving.containerKey(), record.file(), record.expires() > record.deleted());
            current.remove(leaving.containerKey());
            deleted.put(key(leaving), record.with(Stage.KEPT));
        });
        blocks.takeAll(leaving.account(), leaving.name()).run();
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

    /** Restores a container, of whose name there is none; {@code ContainerNotFound} when it is not kept. Its lock is held. */
    void restore(String account, String name, String version) {
        Deleted one = list(account).stream().filter(kept -> kept.name().equals(name) && kept.record().version().equals(version)).findFirst()
            .orElseThrow(Containers::notFound);
        metadata.change(() -> {
            contents.forget(one.containerKey());
            contents.bringBack(one.record().file(), one.containerKey());
            current.put(one.containerKey(), one.record().container());
            deleted.put(key(one), one.record().with(Stage.RETURNING));
        });
        comeBack(one);
    }

    private void comeBack(Deleted one) {
        tree(one).folder().bringBack(one.record().file());
        metadata.changeLazily(() -> deleted.remove(key(one)));
        history.expiring().lookAgain();
    }

    /** Ends what a crash interrupted, before anybody looks. */
    void recover() {
        for (String key : deleted.keys("")) {
            Deleted one = at(key);
            boolean aside = tree(one).folder().isAside(one.record().file());
            switch (one.record().stage()) {
                case LEAVING -> {
                    if (aside) {
                        leave(one);
                    } else {
                        metadata.change(() -> deleted.remove(key));
                    }
                }
                case RETURNING -> {
                    if (aside) {
                        comeBack(one);
                    } else {
                        metadata.change(() -> deleted.remove(key));
                    }
                }
                case KEPT -> { }
            }
        }
    }

    /** Removes for good what nobody can restore any more. */
    void removeExpired() {
        for (String key : deleted.keys("")) {
            String container = key.substring(0, key.indexOf('\0'));
            locks.withContainer(container, () -> {
                DeletedContainerRecord record = deleted.get(key);
                if (record != null && record.stage() == Stage.KEPT && record.expires() <= history.now()) {
                    remove(at(key));
                }
                return null;
            });
        }
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
        metadata.changeLazily(() -> {
            contents.forgetParked(one.record().file());
            deleted.remove(key(one));
        });
    }
}
