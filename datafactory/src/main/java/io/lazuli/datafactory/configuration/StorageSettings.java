package io.lazuli.datafactory.configuration;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What kind of account a {@code storage} account is, and where its files are, when they are not in the data directory.
 *
 * @param directory holds a folder for each container; null for the account's folder in the lake
 * @param containers directories of single containers, which go first
 * @param hierarchical whether folders are things of their own, as in Data Lake Storage; the default
 * @param versions whether earlier contents of blobs are kept; only without hierarchy
 * @param containerRetentionDays how long deleted containers can be restored; not at all by default
 * @param lastAccessTimeTracking whether it is noted down when blobs are read
 * @param lifecycle a lifecycle management policy, or the name of a file that has one; null for none
 * @param encryptionScopes those that clients may name, by name, and whether each is enabled
 */
public record StorageSettings(
        Path directory, Map<String, Path> containers, Boolean hierarchical, boolean versions, int containerRetentionDays,
        boolean lastAccessTimeTracking, JsonNode lifecycle, Map<String, Boolean> encryptionScopes) {
    public StorageSettings {
        containers = containers == null ? Map.of() : Map.copyOf(containers);
        encryptionScopes = encryptionScopes == null ? Map.of() : encryptionScopes.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, scope -> scope.getValue() == null || scope.getValue()));
        hierarchical = hierarchical == null || hierarchical;
    }

    /** The directory of a container, empty for its place in the lake. */
    public Optional<Path> container(String name) {
        Path own = containers.get(name);
        return own != null || directory == null ? Optional.ofNullable(own) : Optional.of(directory.resolve(name));
    }
}
