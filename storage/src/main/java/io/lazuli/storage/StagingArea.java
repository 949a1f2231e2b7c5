package io.lazuli.storage;

import io.lazuli.foundation.ProcessLock;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
    /** Others remove the folder only when they end, so that this many are never needed unless it cannot be made. */
    private static final int ATTEMPTS = 100;

    private final Path root;
    private final AtomicLong files = new AtomicLong();
    private Path own;
    private Path ownLock;
    private ProcessLock ownership;

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
        for (int attempt = 1; own == null; attempt++) {
            try {
                Files.createDirectories(root);
                removeAbandoned();
                tryToOwn(UUID.randomUUID().toString());
            } catch (NoSuchFileException | FileAlreadyExistsException rootHasGone) {
                if (attempt == ATTEMPTS) {
                    throw rootHasGone;
                }
                LOG.debug("{} was removed by others", root, rootHasGone);
            }
        }
    }

    /** Does nothing when another process took the new lock file for abandoned. */
    private void tryToOwn(String id) throws IOException {
        Path file = root.resolve(id + LOCK_SUFFIX);
        Optional<ProcessLock> lock = ProcessLock.take(file);
        if (lock.isEmpty()) {
            return;
        }
        try {
            own = Files.createDirectory(root.resolve(id));
            ownLock = file;
            ownership = lock.get();
        } finally {
            if (own == null) {
                lock.get().close();
            }
        }
    }

    private void removeAbandoned() throws IOException {
        List<Path> locks;
        try (Stream<Path> entries = Files.list(root)) {
            locks = entries.filter(entry -> entry.getFileName().toString().endsWith(LOCK_SUFFIX)).toList();
        }
        for (Path lock : locks) {
            removeIfAbandoned(lock);
        }
    }

    private static void removeIfAbandoned(Path lockFile) throws IOException {
        try (ProcessLock lock = ProcessLock.takeExisting(lockFile).orElse(null)) {
            if (lock != null) {
                String name = lockFile.getFileName().toString();
                deleteTree(lockFile.resolveSibling(name.substring(0, name.length() - LOCK_SUFFIX.length())));
                Files.deleteIfExists(lockFile);
            }
        } catch (NoSuchFileException othersWereFaster) {
            LOG.debug("{} was removed by others", lockFile, othersWereFaster);
        }
    }

    /** Removes what this process staged and did not commit. */
    @Override
    public synchronized void close() {
        if (own == null) {
            return;
        }
        try {
            giveUp();
            removeRootWhenEmpty();
        } catch (IOException failure) {
            throw StorageFailures.of("Cannot clean the staging folder " + root, failure);
        } finally {
            own = null;
            ownership = null;
        }
    }

    /** What cannot be removed is abandoned. */
    private void giveUp() throws IOException {
        try (ProcessLock _ = ownership) {
            deleteTree(own);
            Files.deleteIfExists(ownLock);
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
