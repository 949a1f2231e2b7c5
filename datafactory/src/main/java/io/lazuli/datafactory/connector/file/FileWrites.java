package io.lazuli.datafactory.connector.file;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.storage.FileCommit;
import io.lazuli.storage.LakeNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * The files that a sink writes: names by the copy behaviour, bytes aside until {@link #commit}, no trace without it. Used by one
 * thread at a time; staged files may be written by any.
 */
public final class FileWrites implements AutoCloseable {
    /** How a sink's files relate to the source's. */
    public enum CopyBehavior { PRESERVE_HIERARCHY, FLATTEN_HIERARCHY, MERGE_FILES }

    private static final Map<String, CopyBehavior> BEHAVIORS = Map.of(
        "PreserveHierarchy", CopyBehavior.PRESERVE_HIERARCHY,
        "FlattenHierarchy", CopyBehavior.FLATTEN_HIERARCHY,
        "MergeFiles", CopyBehavior.MERGE_FILES);

    private final FileLocation location;
    private final FileCommit commit;
    private final CopyBehavior behavior;
    private final String runId;

    private FileWrites(FileLocation location, FileCommit commit, CopyBehavior behavior, String runId) {
        this.location = location;
        this.commit = commit;
        this.behavior = behavior;
        this.runId = runId;
    }

    /**
     * Begins to write to a sink's location.
     *
     * @param storeSettings the sink's, evaluated, null for none
     * @param runId the activity run's id, for names that are made up
     */
    public static FileWrites open(FileStore store, FileLocation location, JsonNode storeSettings, String runId) {
        Settings settings = new Settings(storeSettings, "the sink's storeSettings");
        CopyBehavior behavior = settings.choice("copyBehavior", BEHAVIORS).orElse(CopyBehavior.PRESERVE_HIERARCHY);
        if (!settings.elements("metadata").isEmpty()) {
            throw failure(CommonError.NOT_SUPPORTED, "storeSettings.metadata is not supported: files of the lake have no custom metadata");
        }
        if (settings.has("expiryDateTime")) {
            throw failure(CommonError.NOT_SUPPORTED, "storeSettings.expiryDateTime is not supported: files of the lake do not expire");
        }
        return new FileWrites(location, store.tree(location).begin(), behavior, runId);
    }

    public CopyBehavior behavior() {
        return behavior;
    }

    /**
     * The path in the container that a source's file gets when files are not merged.
     *
     * @param selection that the file is of: one named file may get the sink's file name, others are put in a folder of that name
     * @param extension such as {@code .parquet} to replace the source's extension with, null to keep the name
     */
    public String target(FileSelection selection, FileEntry source, String extension) {
        if (location.namesFile() && selection.single()) {
            return location.path();
        }
        if (behavior == CopyBehavior.FLATTEN_HIERARCHY) {
            String name = source.name().substring(source.name().lastIndexOf('/') + 1);
            // Made of the source's path: a run that is resumed writes the same files.
            UUID unique = UUID.nameUUIDFromBytes(source.path().getBytes(StandardCharsets.UTF_8));
            return location.path("Data." + runId + "." + unique + (extension != null ? extension : extensionOf(name)));
        }
        String name = extension == null ? source.name() : withExtension(source.name(), extension);
        return LakeNames.path(location.path() + "/" + name);
    }

    /**
     * The path of the one file of a merge, or of rows that come from no file: the sink's file name, else one made of the run's id.
     *
     * @param table the source table when rows come from one as a whole, null otherwise
     * @param extension such as {@code .csv.gz}, may be empty
     */
    public String target(String table, String extension) {
        if (location.namesFile()) {
            return location.path();
        }
        return location.path((table == null ? "Data." + runId : table) + extension);
    }

    /** The path of one of several files of a table: {@code prefix_00000.csv}, counted from 0. */
    public String numberedTarget(String prefix, int number, String extension) {
        return LakeNames.path(location.path() + "/" + "%s_%05d%s".formatted(prefix, number, extension));
    }

    /** Where to write the bytes of a target; the same target gives the same file. */
    public Path stage(String target) {
        return commit.stage(target);
    }

    /** Takes a target out of what will be written. */
    public void discard(String target) {
        commit.discard(target);
    }

    /** The targets so far. */
    public Set<String> targets() {
        return commit.targets();
    }

    /** Puts all staged files in place, durably; those never written are left out. */
    public void commit() {
        commit.commit();
    }

    @Override
    public void close() {
        commit.close();
    }

    private static String extensionOf(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(dot) : "";
    }

    /** Replaces the extension, a compression's with the one before it: {@code a.csv.gz} to {@code a.parquet}. */
    private static String withExtension(String name, String extension) {
        int slash = name.lastIndexOf('/') + 1;
        String file = name.substring(slash);
        boolean compressed = List.of(".gz", ".bz2", ".deflate", ".zip", ".zst", ".snappy", ".lz4").contains(extensionOf(file));
        String bare = compressed ? file.substring(0, file.length() - extensionOf(file).length()) : file;
        return name.substring(0, slash) + bare.substring(0, bare.length() - extensionOf(bare).length()) + extension;
    }
}
