package io.lazuli.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of a tree as a whole: it can be made, laid aside with all in it, and brought back.
 *
 * <p>A directory of the machine that stands for the tree stays where it is, as it may be a mount, and holds what it lays aside: a mark in
 * it says that the tree is not there, until somebody puts something there. What is in it moves one by one, while another mark says so.
 * Callers let nobody write meanwhile.
 */
public final class RootFolder {
    private static final String DELETED = LakeNames.RESERVED_PREFIX + "-deleted";
    private static final String MOVING = LakeNames.RESERVED_PREFIX + "-moving";

    private final Path root;
    private final Path deleted;
    private final Path moving;
    private final StagingArea staging;
    private final Durability durability;

    RootFolder(Path root, StagingArea staging, Durability durability) {
        this.root = root;
        this.deleted = root.resolve(DELETED);
        this.moving = root.resolve(MOVING);
        this.staging = staging;
        this.durability = durability;
    }

    private boolean isMounted() {
        return staging.kept().startsWith(root);
    }

    /** Whether the tree is there. */
    public boolean exists() {
        return Files.isDirectory(root) && !(isMounted() && (Files.exists(moving) || Files.exists(deleted) && isEmpty()));
    }

    private boolean isEmpty() {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.allMatch(entry -> LakeNames.isReserved(entry.getFileName().toString()));
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot list " + root, problem);
        }
    }

    /** Makes it, durably; it is empty unless other programs write to it. */
    public void make() {
        try {
            durability.createFolders(root);
            if (isMounted() && Files.deleteIfExists(deleted)) {
                durability.forceFolder(root);
            }
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot make folder " + root, problem);
        }
    }

    /** Lays it aside under a name, durably: it is gone in one step for whoever looks. What another call began is ended. */
    public void layAside(String name) {
        Path aside = staging.kept().resolve(name);
        try {
            durability.createFolders(aside.getParent());
            if (!isMounted()) {
                if (!isAside(name)) {
                    Files.move(root, aside, StandardCopyOption.ATOMIC_MOVE);
                }
                durability.forceFolder(aside.getParent());
                durability.forceFolder(root.getParent());
                return;
            }
            durability.createFolders(aside);
            markMoving();
            moveAll(root, aside);
            Files.move(moving, deleted, StandardCopyOption.ATOMIC_MOVE);
            durability.forceFolder(root);
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot remove " + root, problem);
        }
    }

    /** Whether something was laid aside under a name, or began to be. */
    public boolean isAside(String name) {
        return Files.isDirectory(staging.kept().resolve(name));
    }

    /** Whether another program has put something where it was, so that it cannot be put back. */
    public boolean isTaken(String name) {
        return !isMounted() && isAside(name) && exists();
    }

    /** Puts back what was laid aside; it is there in one step for whoever looks. What another call began is ended. */
    public void bringBack(String name) {
        Path aside = staging.kept().resolve(name);
        try {
            if (!isMounted()) {
                durability.createFolders(root.getParent());
                if (isAside(name)) {
                    Files.move(aside, root, StandardCopyOption.ATOMIC_MOVE);
                }
                durability.forceFolder(root.getParent());
                durability.forceFolder(aside.getParent());
                return;
            }
            markMoving();
            moveAll(aside, root);
            Files.deleteIfExists(deleted);
            Files.delete(moving);
            durability.forceFolder(root);
            Files.delete(aside);
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot restore " + root, problem);
        }
    }

    /** Removes what was laid aside for good; nothing may be there. */
    public void removeAside(String name) {
        try {
            StagingArea.deleteTree(staging.kept().resolve(name));
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot remove what was deleted of " + root, problem);
        }
    }

    private void markMoving() throws IOException {
        if (!Files.exists(moving)) {
            Files.createFile(moving);
            durability.forceFolder(root);
        }
    }

    private void moveAll(Path from, Path to) throws IOException {
        Set<Path> own = Set.of(deleted, moving, staging.kept(), staging.folder());
        List<Path> all;
        try (Stream<Path> entries = Files.list(from)) {
            all = entries.filter(entry -> !own.contains(entry)).toList();
        }
        for (Path entry : all) {
            Files.move(entry, to.resolve(entry.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
        durability.forceFolder(to);
        durability.forceFolder(from);
    }
}
