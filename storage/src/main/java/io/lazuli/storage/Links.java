package io.lazuli.storage;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Symbolic links in a tree: those that lead out of it are nobody's way. */
public final class Links {
    private final Path root;

    Links(Path root) {
        this.root = root;
    }

    /** Tells of the folder that a file is in what {@link #leadsInside} does. */
    boolean foldersLeadInside(Path file, String path) {
        return file.equals(root) || leadsInside(file.getParent(), path);
    }

    /** Fails with {@code FORBIDDEN} when a link on the way leads out of the tree, with {@code PATH_CONFLICT} for one that leads nowhere. */
    void requireInside(Path file, String path) {
        if (!leadsInside(file, path)) {
            throw failure(StorageError.PATH_CONFLICT, "'%s' is a link to nothing, or behind one", path);
        }
    }

    /** False when a link on the way leads nowhere or in a circle; fails with {@code FORBIDDEN} when one leads out of the tree. */
    boolean leadsInside(Path file, String path) {
        Path link = file;
        while (link.startsWith(root) && !link.equals(root) && !Files.isSymbolicLink(link)) {
            link = link.getParent();
        }
        return link.equals(root) || leadsInsideByLinks(file, path);
    }

    private boolean leadsInsideByLinks(Path file, String path) {
        Path existing = file;
        while (existing != null && !existing.equals(root) && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        try {
            if (existing != null && !existing.equals(root) && !existing.toRealPath().startsWith(root.toRealPath())) {
                throw failure(CommonError.FORBIDDEN, "'%s' is a link that leads out of %s", path, root);
            }
            return true;
        } catch (IOException problem) {
            if (isBroken(problem)) {
                return false;
            }
            throw StorageFailures.of("Cannot look at " + file, problem);
        }
    }

    /** Java has exceptions of its own for the first only: the operating system's text tells of circles and of ways through files. */
    private static boolean isBroken(IOException problem) {
        String message = String.valueOf(problem.getMessage());
        return problem instanceof NoSuchFileException || message.contains("Too many levels") || message.contains("Not a directory");
    }

    /** Whether a folder is a link to one on the way to it, or above one, so that a way through it would never end. */
    public static boolean leadsBack(FileStatus folder) {
        if (!Files.isSymbolicLink(folder.file())) {
            return false;
        }
        try {
            Path target = folder.file().toRealPath();
            // Links on the way have led elsewhere than the path says.
            for (Path above = folder.file().getParent(); above != null; above = above.getParent()) {
                if (above.toRealPath().startsWith(target)) {
                    return true;
                }
            }
            return false;
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot follow the link " + folder.file(), problem);
        }
    }
}
