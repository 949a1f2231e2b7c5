package io.lazuli.storage;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The files and folders under one directory: a container of the lake, or a directory that stands for one.
 *
 * <p>Paths are relative, parts separated by {@code /}, case-sensitive; none leads out of the directory, not through a symbolic link
 * either ({@code FORBIDDEN}). The directory need not exist until something is written. Thread-safe.
 */
public final class FileTree {
    private static final int BUFFER_BYTES = 1 << 16;

    /** Hears of files that are committed, moved or deleted, after they are. */
    interface Listener {
        void written(String path);

        void removed(String path);
    }

    private final Path root;
    private final FileLookup lookup;
    private final StagingArea staging;
    private final FolderNames names;
    private final Durability durability;
    private final Listener listener;

    FileTree(Path root, StagingArea staging, FolderNames names, Durability durability) {
        this(root.toAbsolutePath().normalize(), staging, names, durability, new Listener() {
            @Override
            public void written(String path) {
            }

            @Override
            public void removed(String path) {
            }
        });
    }

    private FileTree(Path root, StagingArea staging, FolderNames names, Durability durability, Listener listener) {
        this.root = root;
        this.lookup = new FileLookup(root, names);
        this.staging = staging;
        this.names = names;
        this.durability = durability;
        this.listener = listener;
    }

    /** The same files, of which a listener hears. */
    FileTree heard(Listener hearing) {
        return new FileTree(root, staging, names, durability, hearing);
    }

    void tellWritten(String path) {
        listener.written(path);
    }

    public Path root() {
        return root;
    }

    /** Where a path's bytes are, whether it exists or not. */
    public Path resolve(String path) {
        return lookup.resolve(path);
    }

    /** What is at a path, empty when nothing is. */
    public Optional<FileStatus> status(String path) {
        return lookup.status(path);
    }

    /** The files and folders directly in a folder, by name, without links to nothing; {@code NOT_FOUND} when there is no such folder. */
    public List<FileStatus> list(String folder) {
        return lookup.list(folder);
    }

    /** The names of files in a folder, and those of folders with a slash behind them, sorted; none when there is no such folder. */
    public List<String> names(String folder) {
        return lookup.names(folder);
    }

    /** What has that name in a folder; empty when nothing has any more, or when it is a link that leads out or nowhere. */
    public Optional<FileStatus> child(String folder, String name) {
        return lookup.children(folder).apply(name);
    }

    /** The same for many names in one folder. */
    public Function<String, Optional<FileStatus>> children(String folder) {
        return lookup.children(folder);
    }

    /** What is directly in a folder, in no order, without links that lead out or nowhere; nothing when there is no such folder. */
    public List<FileStatus> entries(String folder) {
        return lookup.entries(folder);
    }

    /** Every file below a folder, folders' files in the order of their names; nothing when there is no such folder. */
    public void forEachFile(String folder, boolean recursive, Consumer<FileStatus> action) {
        lookup.forEachFile(folder, recursive, action);
    }

    /** Lets a folder be made, or fails with {@code PATH_CONFLICT} when the path or one above it is a file. */
    public void requireNoFile(String path) {
        for (Path place = resolve(path); !place.equals(root); place = place.getParent()) {
            if (Files.isRegularFile(place)) {
                throw failure(StorageError.PATH_CONFLICT, "'%s' is a file, not a folder", root.relativize(place));
            }
        }
    }

    /** Makes a folder and those above it; one that exists is fine. */
    public void createFolder(String path) {
        Path folder = resolve(path);
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException file) {
            throw failure(StorageError.PATH_CONFLICT, "'%s' is a file, not a folder", path, file);
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot make the folder " + folder, problem);
        }
    }

    /** Removes a file, or a folder with all in it; false when nothing was there. */
    public boolean delete(String path) {
        Path file = resolve(path);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            boolean folder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
            StagingArea.deleteTree(file);
            if (!folder) {
                listener.removed(LakeNames.path(path));
            }
            return true;
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot delete " + file, problem);
        }
    }

    /** Renames a file or folder in one step, over a file of that name; {@code ALREADY_EXISTS} when a folder is there that has files. */
    public void rename(String from, String to) {
        Path source = resolve(from);
        Path target = resolve(to);
        if (!Files.exists(source)) {
            throw failure(CommonError.NOT_FOUND, "There is no '%s' in %s", from, root);
        }
        try {
            Files.createDirectories(target.getParent());
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
            durability.forceFolder(target.getParent());
            durability.forceFolder(source.getParent());
            if (!Files.isDirectory(target)) {
                listener.removed(LakeNames.path(from));
                listener.written(LakeNames.path(to));
            }
        } catch (IOException problem) {
            if (Files.isDirectory(target)) {
                throw failure(CommonError.ALREADY_EXISTS, "Cannot rename '%s': the folder '%s' exists and is not empty", from, to, problem);
            }
            throw StorageFailures.of("Cannot rename " + from + " to " + to, problem);
        }
    }

    /** The MD5 of a file's bytes, as the Content-MD5 header holds it before its base-64 form. */
    public byte[] md5(String path) {
        try (FileChannel channel = FileChannel.open(resolve(path), StandardOpenOption.READ)) {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            while (channel.read(buffer) >= 0) {
                digest.update(buffer.flip());
                buffer.clear();
            }
            return digest.digest();
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot read " + path, problem);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Begins to write files; the caller closes what it gets. */
    public FileCommit begin() {
        return new FileCommit(this, staging.newFolder());
    }

    /** The hidden tree in this one for files whose names it cannot hold. */
    public FileTree aside() {
        return new FileTree(root.resolve(LakeNames.RESERVED_PREFIX + "-aside"), staging, names, durability);
    }

    /** Where a content that is not current is kept under a name: on this tree's file system, never listed. */
    public Path keptFile(String name) {
        return staging.kept().resolve(name);
    }

    /** Removes a file or a folder with all in it; a missing one is fine. */
    public static void deleteAll(Path file) throws IOException {
        StagingArea.deleteTree(file);
    }

    /** A path for a new file that {@link #place} will put in place; on this tree's file system. */
    public Path stageFile() {
        return staging.newFile();
    }

    /** Puts a staged file, whose bytes are durable, in place in one step, over a file of that name; durable when it returns. */
    public void place(Path staged, String path) {
        Path target = resolve(path);
        try {
            try {
                move(staged, target);
            } catch (FileSystemException noFolder) {
                if (Files.isDirectory(target.getParent())) {
                    throw noFolder;
                }
                requireFilePlace(path);
                durability.createFolders(target.getParent());
                move(staged, target);
            }
            durability.forceFolder(target.getParent());
        } catch (FileAlreadyExistsException file) {
            throw failure(StorageError.PATH_CONFLICT, "Cannot write '%s': '%s' is a file, not a folder", path, file.getFile(), file);
        } catch (IOException problem) {
            if (Files.isDirectory(target)) {
                throw failure(StorageError.PATH_CONFLICT, "Cannot write the file '%s': a folder of that name exists", path, problem);
            }
            throw StorageFailures.of("Cannot write " + target, problem);
        }
    }

    private static void move(Path staged, Path target) throws IOException {
        Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The tree's own folder. */
    public RootFolder folder() {
        return new RootFolder(root, staging, durability);
    }

    /**
     * Takes a folder away with all in it, in one step for whoever looks.
     *
     * @return where it is now, for the caller to remove; after the end of the process the next one does
     */
    public Path takeAway(String path) {
        Path folder = resolve(path);
        Path aside = staging.newFile();
        try {
            Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
            durability.forceFolder(folder.getParent());
            return aside;
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot remove " + folder, problem);
        }
    }

    /** Removes a file durably; false when none was there. */
    public boolean deleteFile(String path) {
        Path file = resolve(path);
        try {
            if (!Files.deleteIfExists(file)) {
                return false;
            }
            durability.forceFolder(file.getParent());
            return true;
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot delete " + file, problem);
        }
    }

    /** Fails with {@code PATH_CONFLICT} when a folder is where a file shall be, or a file where one of its folders shall be. */
    public void requireFilePlace(String path) {
        Path file = resolve(path);
        if (Files.isDirectory(file)) {
            throw failure(StorageError.PATH_CONFLICT, "Cannot write the file '%s': a folder of that name exists", path);
        }
        for (Path parent = file.getParent(); parent != null && parent.startsWith(root) && !Files.isDirectory(parent);
                parent = parent.getParent()) {
            if (Files.exists(parent)) {
                throw failure(StorageError.PATH_CONFLICT, "Cannot write '%s': '%s' is a file, not a folder", path, root.relativize(parent));
            }
        }
    }
}
