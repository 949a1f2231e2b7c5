package io.lazuli.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hidden folder in which files are written before they take their place by a rename. Each process has a folder of its own under it,
 * held by a file lock; what a killed process left is removed by the next one that stages. Thread-safe.
 */
public final class StagingArea implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StagingArea.class);
    private static final String LOCK_SUFFIX = ".lock";
    /** Lock files that this process holds, by any area. None is opened again: to close one would give up the lock. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final AtomicLong files = new AtomicLong();
    private Path own;
    private Path ownLock;
    private FileChannel ownership;

    /** Nothing is created until the first {@link #newFolder}. */
    public StagingArea(Path root) {
        this.root = root;
    }

    /** A new empty folder for files of one commit, on the file system of {@code root}. */
    public synchronized Path newFolder() {
        try {
            return Files.createDirectory(ownFolder().resolve(UUID.randomUUID().toString()));
        } catch (IOException failure) {
            throw StorageFailures.of("Cannot make the staging folder under " + root, failure);
        }
    }

    /** The folder itself. */
    Path folder() {
        return root;
    }

    /** The folder beside this one for what stays. */
    Path kept() {
        return root.resolveSibling(root.getFileName().toString().replace("staging", "kept"));
    }

    /** A path for a new file, on the file system of {@code root}; the caller writes, moves or removes it. */
    public Path newFile() {
        return ownFolder().resolve(Long.toString(files.getAndIncrement()));
    }

    private synchronized Path ownFolder() {
        try {
            if (own == null) {
                takeOwnership();
            }
            return own;
        } catch (IOException failure) {
            throw StorageFailures.of("Cannot make the staging folder under " + root, failure);
        }
    }

    private void takeOwnership() throws IOException {
        String id = null;
        while (id == null) {
            Files.createDirectories(root);
            try {
                removeAbandoned();
                id = locked();
            } catch (NoSuchFileException rootHasGone) {
                LOG.debug("{} was removed by others", root, rootHasGone);
            }
        }
        own = Files.createDirectory(root.resolve(id));
    }

    /** The name of a new lock file that is held; null when another process took it for abandoned meanwhile. */
    private String locked() throws IOException {
        String id = UUID.randomUUID().toString();
        Path lock = root.toRealPath().resolve(id + LOCK_SUFFIX);
        HELD_HERE.add(lock);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel.lock();
            if (Files.exists(lock)) {
                ownLock = lock;
                ownership = channel;
                return id;
            }
        } finally {
            if (ownership == null) {
                giveUp(lock, channel);
            }
        }
        return null;
    }

    private static void giveUp(Path lock, FileChannel channel) throws IOException {
        if (channel != null) {
            channel.close();
        }
        HELD_HERE.remove(lock);
    }

    private void removeAbandoned() throws IOException {
        List<Path> locks;
        try (Stream<Path> entries = Files.list(root.toRealPath())) {
            locks = entries.filter(entry -> entry.getFileName().toString().endsWith(LOCK_SUFFIX)).toList();
        }
        for (Path lock : locks) {
            removeIfAbandoned(lock);
        }
    }

    private void removeIfAbandoned(Path lockFile) throws IOException {
        if (HELD_HERE.contains(lockFile)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE); FileLock lock = channel.tryLock()) {
            if (lock != null) {
                String name = lockFile.getFileName().toString();
                deleteTree(lockFile.resolveSibling(name.substring(0, name.length() - LOCK_SUFFIX.length())));
                Files.deleteIfExists(lockFile);
            }
        } catch (OverlappingFileLockException | NoSuchFileException stillInUseOrGone) {
            return;
        }
    }

    /** Removes what this process staged and did not commit. */
    @Override
    public synchronized void close() {
        if (own == null) {
            return;
        }
        try {
            deleteTree(own);
            Files.deleteIfExists(ownLock);
            giveUp(ownLock, ownership);
            removeRootWhenEmpty();
        } catch (IOException failure) {
            throw StorageFailures.of("Cannot clean the staging folder " + root, failure);
        } finally {
            own = null;
            ownership = null;
        }
    }

    private void removeRootWhenEmpty() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            if (entries.findAny().isPresent()) {
                return;
            }
            Files.deleteIfExists(root);
        } catch (NoSuchFileException | DirectoryNotEmptyException othersWere) {
            LOG.debug("{} is removed or used by others", root, othersWere);
        }
    }

    /** Removes a file or a folder with all in it, not following links; a missing one is fine. */
    static void deleteTree(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
