package io.lazuli.storage;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A file or folder as it was when it was looked at.
 *
 * @param path from the tree's root, parts separated by {@code /}, empty for the root itself
 * @param file where its bytes are on this machine
 * @param size in bytes, 0 for a folder
 */
public record FileStatus(String path, Path file, boolean folder, long size, Instant lastModified, Instant created) {
    /** The last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
