package io.lazuli.storage;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
    private final Links links;
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
        this.links = new Links(root);
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
        String normal = LakeNames.path(path);
        Path file = normal.isEmpty() ? root : root.resolve(normal);
        links.requireInside(file, path);
        return file;
    }

    /** What is at a path, empty when nothing is. */
    public Optional<FileStatus> status(String path) {
        String normal = LakeNames.path(path);
        Path file = normal.isEmpty() ? root : root.resolve(normal);
        links.requireFoldersInside(file, path);
        // Costs less than an exception, and what is new is looked for often.
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes own = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (own.isSymbolicLink()) {
                links.requireInside(file, path);
                return Optional.of(status(normal, file));
            }
            return Optional.of(status(normal, file, own));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException problem) {
            if (isBelowFile(problem)) {
                return Optional.empty();
            }
            throw StorageFailures.of("Cannot look at " + file, problem);
        }
    }

    /** Whether a folder on the way is a file. */
    private static boolean isBelowFile(IOException problem) {
        return String.valueOf(problem.getMessage()).contains("Not a directory");
    }

    private static FileStatus status(String path, Path file) throws IOException {
        return status(path, file, Files.readAttributes(file, BasicFileAttributes.class));
    }

    private static FileStatus status(String path, Path file, BasicFileAttributes attributes) {
        boolean folder = attributes.isDirectory();
        return new FileStatus(path, file, folder, folder ? 0 : attributes.size(),
            attributes.lastModifiedTime().toInstant(), attributes.creationTime().toInstant());
    }

    /** The files and folders directly in a folder, by name; {@code NOT_FOUND} when there is no such folder. */
    public List<FileStatus> list(String folder) {
        String normal = LakeNames.path(folder);
        Path directory = resolve(normal);
        List<FileStatus> children = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                child(normal, entry).ifPresent(children::add);
            }
        } catch (NoSuchFileException missing) {
            throw failure(CommonError.NOT_FOUND, "There is no folder '%s' in %s", normal, root, missing);
        } catch (NotDirectoryException file) {
            throw failure(StorageError.PATH_CONFLICT, "'%s' in %s is a file, not a folder", normal, root, file);
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot list " + directory, problem);
        }
        children.sort(Comparator.comparing(FileStatus::path));
        return children;
    }

    /** The names of files in a folder, and those of folders with a slash behind them, sorted; none when there is no such folder. */
    public List<String> names(String folder) {
        Path directory = resolve(folder);
        try {
            return names.of(directory);
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot list " + directory, problem);
        }
    }

    /** What has that name in a folder; empty when nothing has any more, or when it is a link that leads out or nowhere. */
    public Optional<FileStatus> child(String folder, String name) {
        String normal = LakeNames.path(folder);
        try {
            return child(normal, root.resolve(normal).resolve(name));
        } catch (LazuliException link) {
            // A link that cannot be followed is no file of this tree.
            return Optional.empty();
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot look at " + name + " in " + normal, problem);
        }
    }

    /** What is directly in a folder, in no order, without links that lead out or nowhere; nothing when there is no such folder. */
    public List<FileStatus> entries(String folder) {
        String normal = LakeNames.path(folder);
        List<FileStatus> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(resolve(normal))) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                try {
                    child(normal, entry).ifPresent(found::add);
                } catch (LazuliException link) {
                    // A link that cannot be followed is no file of this tree.
                    continue;
                }
            }
            return found;
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot list " + root.resolve(normal), problem);
        }
    }

    private Optional<FileStatus> child(String folder, Path entry) throws IOException {
        String name = entry.getFileName().toString();
        if (LakeNames.isReserved(name)) {
            return Optional.empty();
        }
        String path = folder.isEmpty() ? name : folder + "/" + name;
        try {
            BasicFileAttributes own = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (own.isSymbolicLink()) {
                links.requireInside(entry, path);
                return Optional.of(status(path, entry));
            }
            return Optional.of(status(path, entry, own));
        } catch (NoSuchFileException removedMeanwhile) {
            return Optional.empty();
        } catch (FileSystemException problem) {
            if (isBelowFile(problem)) {
                return Optional.empty();
            }
            throw problem;
        }
    }

    /** Every file below a folder, folders' files in the order of their names; nothing when there is no such folder. */
    public void forEachFile(String folder, boolean recursive, Consumer<FileStatus> action) {
        if (status(folder).filter(FileStatus::folder).isEmpty()) {
            return;
        }
        for (FileStatus child : list(folder)) {
            if (!child.folder()) {
                action.accept(child);
            } else if (recursive && !Links.leadsBack(child)) {
                forEachFile(child.path(), true, action);
            }
        }
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
        try {
            Files.createDirectories(resolve(path));
        } catch (FileAlreadyExistsException file) {
            throw failure(StorageError.PATH_CONFLICT, "'%s' is a file, not a folder", path, file);
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot make folder " + path, problem);
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
                createFolders(target.getParent(), durability);
                move(staged, target);
            }
            durability.forceFolder(target.getParent());
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

    /** Removes a folder with all in it: in one step for whoever looks. */
    public void removeFolder(String path) {
        Path folder = resolve(path);
        Path aside = staging.newFile();
        try {
            Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
            durability.forceFolder(folder.getParent());
            StagingArea.deleteTree(aside);
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot remove " + folder, problem);
        }
    }

    /** Makes a folder and those above it, durably. */
    public static void createFolders(Path folder, Durability durability) throws IOException {
        if (!Files.isDirectory(folder)) {
            createFolders(folder.getParent(), durability);
            Files.createDirectories(folder);
            durability.forceFolder(folder.getParent());
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

    Path makeStagingFolder(Path commit, int number) {
        try {
            return Files.createDirectories(commit.resolve(Integer.toString(number)));
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot stage a file in " + commit, problem);
        }
    }

    /** Fails with {@code PATH_CONFLICT} when a folder is where a file shall be, or a file where one of its folders shall be. */
    void requireFilePlace(String path) {
        Path file = resolve(path);
        if (Files.isDirectory(file)) {
            throw failure(StorageError.PATH_CONFLICT, "Cannot write the file '%s': a folder of that name exists", path);
        }
        for (Path parent = file.getParent(); parent != null && parent.startsWith(root); parent = parent.getParent()) {
            if (Files.exists(parent) && !Files.isDirectory(parent)) {
                throw failure(StorageError.PATH_CONFLICT, "Cannot write '%s': '%s' is a file, not a folder", path, root.relativize(parent));
            }
        }
    }
}
