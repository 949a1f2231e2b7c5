package io.lazuli.datafactory.configuration;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a {@code storage} account's files are, when they are not in the data directory.
 *
 * @param directory holds a folder for each container; null for the account's folder in the lake
 * @param containers directories of single containers, which go first
 */
public record StorageSettings(Path directory, Map<String, Path> containers) {
    public StorageSettings {
        containers = containers == null ? Map.of() : Map.copyOf(containers);
    }

    /** The directory of a container, empty for its place in the lake. */
    public Optional<Path> container(String name) {
        Path own = containers.get(name);
        return own != null || directory == null ? Optional.ofNullable(own) : Optional.of(directory.resolve(name));
    }
}
