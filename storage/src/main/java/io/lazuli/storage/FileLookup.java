package io.lazuli.storage;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Looks at the files and folders of a tree: at none behind links that lead out of it. Thread-safe. */
final class FileLookup {
    private final Path root;
    private final Links links;
    private final FolderNames names;

    FileLookup(Path root, FolderNames names) {
        this.root = root;
        this.links = new Links(root);
        this.names = names;
    }

    /** Where a path's bytes are, whether it exists or not. */
    Path resolve(String path) {
        String normal = LakeNames.path(path);
        Path file = normal.isEmpty() ? root : root.resolve(normal);
        links.requireInside(file, path);
        return file;
    }

    private Path existing(String path) throws NoSuchFileException {
        String normal = LakeNames.path(path);
        Path file = normal.isEmpty() ? root : root.resolve(normal);
        if (!links.leadsInside(file, path)) {
            throw new NoSuchFileException(file.toString());
        }
        return file;
    }

    /** What is at a path, empty when nothing is. */
    Optional<FileStatus> status(String path) {
        String normal = LakeNames.path(path);
        Path file = normal.isEmpty() ? root : root.resolve(normal);
        // Looking costs less than an exception, and what is new is looked for often.
        if (!links.foldersLeadInside(file, path) || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes own = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (own.isSymbolicLink()) {
                return links.leadsInside(file, path) ? status(normal, file) : Optional.empty();
            }
            return status(normal, file, own);
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

    private static Optional<FileStatus> status(String path, Path file) throws IOException {
        return status(path, file, Files.readAttributes(file, BasicFileAttributes.class));
    }

    private static Optional<FileStatus> status(String path, Path file, BasicFileAttributes attributes) {
        if (attributes.isOther()) {
            // A pipe, socket or device has no content of its own; whoever opens a pipe waits for somebody who writes to it.
            return Optional.empty();
        }
        boolean folder = attributes.isDirectory();
        return Optional.of(new FileStatus(path, file, folder, folder ? 0 : attributes.size(),
            attributes.lastModifiedTime().toInstant(), attributes.creationTime().toInstant()));
    }

    /** The files and folders directly in a folder, by name, without links to nothing; {@code NOT_FOUND} when there is no such folder. */
    List<FileStatus> list(String folder) {
        String normal = LakeNames.path(folder);
        Path directory = root.resolve(normal);
        List<FileStatus> children = new ArrayList<>();
        try (Stream<Path> entries = Files.list(existing(normal))) {
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
    List<String> names(String folder) {
        try {
            return names.of(existing(folder));
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot list " + root.resolve(LakeNames.path(folder)), problem);
        }
    }

    /** Looks for what has a name in a folder; empty when nothing has any more, or when it is a link that leads out or nowhere. */
    Function<String, Optional<FileStatus>> children(String folder) {
        String normal = LakeNames.path(folder);
        Path directory = root.resolve(normal);
        return name -> {
            try {
                return child(normal, name, directory.resolve(name));
            } catch (LazuliException link) {
                // A link that cannot be followed is no file of this tree.
                return Optional.empty();
            } catch (IOException problem) {
                throw StorageFailures.of("Cannot look at " + name + " in " + normal, problem);
            }
        };
    }

    /** What is directly in a folder, in no order, without links that lead out or nowhere; nothing when there is no such folder. */
    List<FileStatus> entries(String folder) {
        String normal = LakeNames.path(folder);
        List<FileStatus> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(existing(normal))) {
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
        return child(folder, entry.getFileName().toString(), entry);
    }

    private Optional<FileStatus> child(String folder, String name, Path entry) throws IOException {
        // A backslash in a path is a slash: no path leads to a file that has one in its name.
        if (LakeNames.isReserved(name) || name.indexOf('\\') >= 0) {
            return Optional.empty();
        }
        String path = folder.isEmpty() ? name : folder + "/" + name;
        try {
            BasicFileAttributes own = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (own.isSymbolicLink()) {
                return links.leadsInside(entry, path) ? status(path, entry) : Optional.empty();
            }
            return status(path, entry, own);
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
    void forEachFile(String folder, boolean recursive, Consumer<FileStatus> action) {
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
}
