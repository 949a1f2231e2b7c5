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

    /** Fails as {@link #requireInside} does for the folder that a file is in. */
    void requireFoldersInside(Path file, String path) {
        Path folder = file.equals(root) ? root : file.getParent();
        if (!folder.equals(root)) {
            requireInside(folder, path);
        }
    }

    /** Fails with {@code FORBIDDEN} when a link on the way leads out of the tree, and with {@code NOT_FOUND} for one that leads nowhere. */
    void requireInside(Path file, String path) {
        Path link = file;
        while (link.startsWith(root) && !link.equals(root) && !Files.isSymbolicLink(link)) {
            link = link.getParent();
        }
        if (!link.equals(root)) {
            requireNoWayOut(file, path);
        }
    }

    private void requireNoWayOut(Path file, String path) {
        Path existing = file;
        while (existing != null && !existing.equals(root) && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        try {
            if (existing != null && !existing.equals(root) && !existing.toRealPath().startsWith(root.toRealPath())) {
                throw failure(CommonError.FORBIDDEN, "'%s' is a link that leads out of %s", path, root);
            }
        } catch (NoSuchFileException brokenLink) {
            throw failure(CommonError.NOT_FOUND, "'%s' is a link to nothing", path, brokenLink);
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot look at " + file, problem);
        }
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
