package io.lazuli.datafactory.connector.file;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The files that a dataset's location and the store settings of an activity mean, in the order of their paths.
 *
 * @param container of the files, empty for stores without
 * @param root the folder within the container that the files' names are relative to
 * @param single whether the dataset names one file by its plain name
 * @param partitionColumns the columns found in paths, when partition discovery is on
 */
public record FileSelection(String container, String root, boolean single, List<FileEntry> files, List<String> partitionColumns) {
    public FileSelection {
        files = List.copyOf(files);
        partitionColumns = List.copyOf(partitionColumns);
    }

    /**
     * Selects files as the Copy activity's source does. No match of a wildcard, a prefix or an existing folder gives no files;
     * {@code FILE_NOT_FOUND} when a file, folder or list that is named is not there.
     *
     * @param storeSettings evaluated, null or missing for none; older sources' own properties ({@code recursive}) are read likewise
     */
    public static FileSelection select(FileStore store, FileLocation location, JsonNode storeSettings) {
        return select(store, location, storeSettings, true);
    }

    /** As {@link #select(FileStore, FileLocation, JsonNode)} with the default of {@code recursive}, which is false for deletions. */
    public static FileSelection select(FileStore store, FileLocation location, JsonNode storeSettings, boolean recursiveDefault) {
        return new FileSelector(store, location, storeSettings, recursiveDefault).select();
    }

    public long totalBytes() {
        return files.stream().mapToLong(FileEntry::size).sum();
    }
}
