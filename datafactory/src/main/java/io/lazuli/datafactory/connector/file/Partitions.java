package io.lazuli.datafactory.connector.file;

import io.lazuli.storage.LakeNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code enablePartitionDiscovery}: columns in the folders' names.
 *
 * @param root the folder below which parts such as {@code year=2024} count; null when discovery is off
 */
record Partitions(String root) {
    static Partitions of(Settings settings, String defaultRoot, String container) {
        if (!settings.flag("enablePartitionDiscovery", false)) {
            return new Partitions(null);
        }
        Optional<String> given = settings.text("partitionRootPath").map(LakeNames::path);
        // The path is absolute: it may begin with the container.
        return new Partitions(given.map(path -> path.equals(container) ? "" : path.startsWith(container + "/") && !container.isEmpty()
            ? path.substring(container.length() + 1) : path).orElse(defaultRoot));
    }

    Map<String, String> values(String path) {
        boolean below = root != null && (root.isEmpty() || path.startsWith(root + "/"));
        if (!below) {
            return Map.of();
        }
        Map<String, String> values = new LinkedHashMap<>();
        String[] parts = path.substring(root.isEmpty() ? 0 : root.length() + 1).split("/");
        for (int i = 0; i < parts.length - 1; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0) {
                values.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
            }
        }
        return values;
    }

    /** Every column that any file has, in the order of their first appearance. */
    List<String> columns(List<FileEntry> files) {
        Set<String> columns = new LinkedHashSet<>();
        files.forEach(file -> columns.addAll(file.partitions().keySet()));
        return new ArrayList<>(columns);
    }
}
