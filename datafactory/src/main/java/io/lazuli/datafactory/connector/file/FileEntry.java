package io.lazuli.datafactory.connector.file;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * A file that was selected.
 *
 * @param file where its bytes are on this machine
 * @param path within the container
 * @param name the path within the folder that was selected from: what a copy keeps of the hierarchy, and {@code $$FILEPATH}
 * @param size in bytes
 * @param partitions columns found in the path such as {@code year=2024}, in the path's order
 */
public record FileEntry(Path file, String path, String name, long size, Instant lastModified, Map<String, String> partitions) {
}
