package io.lazuli.storage;

import static io.lazuli.foundation.LazuliException.failure;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Files that are written aside and then take their places together: {@link #stage} gives a path to write to, {@link #commit} puts all
 * staged files in place, {@link #close} without a commit leaves no trace. Used by one thread at a time.
 *
 * <p>Each file appears whole or not at all. When a file of several cannot take its place, those that had are taken back.
 */
public final class FileCommit implements AutoCloseable {
    private final FileTree tree;
    private final Path folder;
    private final Map<String, Path> staged = new LinkedHashMap<>();
    private int files;
    private int backups;

    FileCommit(FileTree tree, Path folder) {
        this.tree = tree;
        this.folder = folder;
    }

    /** A file to write that will become {@code path}; asking again for the same path gives the same file. */
    public synchronized Path stage(String path) {
        String target = LakeNames.path(path);
        if (target.isEmpty()) {
            throw failure(StorageError.INVALID_NAME, "A file needs a name");
        }
        // The last part keeps its name: writers and their messages may look at the extension.
        return staged.computeIfAbsent(target, name -> newFolder()
            .resolve(name.substring(name.lastIndexOf('/') + 1)));
    }

    private Path newFolder() {
        try {
            return Files.createDirectories(folder.resolve(Integer.toString(files++)));
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot stage a file in " + folder, problem);
        }
    }

    /** The targets so far, in the order in which they were staged. */
    public synchronized Set<String> targets() {
        return new LinkedHashSet<>(staged.keySet());
    }

    /** Takes a staged file out of the commit. */
    public synchronized void discard(String path) {
        Path file = staged.remove(LakeNames.path(path));
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException problem) {
                throw StorageFailures.of("Cannot remove " + file, problem);
            }
        }
    }

    /** Fails with {@code PATH_CONFLICT} when a folder is where a staged file shall be, or a file where one of its folders shall be. */
    public synchronized void requirePlaces() {
        staged.keySet().forEach(tree::requireFilePlace);
    }

    /** Makes the staged files durable and puts them in place, over files that are there; staged paths never written are left out. */
    public synchronized void commit() {
        Map<String, Path> written = new LinkedHashMap<>();
        staged.forEach((target, file) -> {
            if (Files.exists(file)) {
                tree.requireFilePlace(target);
                written.put(target, file);
            }
        });
        Deque<Runnable> undo = new ArrayDeque<>();
        try {
            for (Path file : written.values()) {
                synchronize(file);
            }
            for (Map.Entry<String, Path> entry : written.entrySet()) {
                undo.push(place(entry.getValue(), tree.resolve(entry.getKey())));
            }
            synchronizeFolders(written.keySet());
            staged.clear();
        } catch (IOException problem) {
            undo.forEach(Runnable::run);
            throw StorageFailures.of("Cannot write " + written.keySet(), problem);
        }
        written.keySet().forEach(tree::tellWritten);
    }

    /** Puts a file in place and gives what takes it back. */
    private Runnable place(Path file, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Path backup = backup(target);
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException otherFileSystem) {
            throw new IOException("the staging folder is on another file system than " + target, otherFileSystem);
        }
        return () -> takeBack(backup, target);
    }

    private Path backup(Path target) throws IOException {
        if (!Files.exists(target)) {
            return null;
        }
        Path backup = folder.resolve("backup-" + backups++);
        try {
            return Files.createLink(backup, target);
        } catch (UnsupportedOperationException noLinks) {
            return Files.copy(target, backup, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static void takeBack(Path backup, Path target) {
        try {
            if (backup == null) {
                Files.deleteIfExists(target);
            } else {
                Files.move(backup, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot take back " + target, problem);
        }
    }

    private static void synchronize(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private void synchronizeFolders(Set<String> targets) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        targets.forEach(target -> folders.add(tree.resolve(target).getParent()));
        for (Path directory : folders) {
            Durability.POWER_LOSS.forceFolder(directory);
        }
    }

    /** Removes what was staged and not committed. */
    @Override
    public synchronized void close() {
        try {
            StagingArea.deleteTree(folder);
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot remove " + folder, problem);
        }
    }
}
