package io.lazuli.datafactory.connector.delta;

import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.util.VectorUtils;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the small files of a partition together once there are many, as Delta's auto compaction does; rows stay what they are. */
final class DeltaCompaction {
    private static final int LEAST_FILES = 50;
    private static final long FILE_BYTES = 128L << 20;

    private final Path folder;
    private final String name;
    private final String codec;
    private final Engine engine;
    private final Execution execution;

    DeltaCompaction(Path folder, String name, String codec, Engine engine, Execution execution) {
        this.folder = folder;
        this.name = name;
        this.codec = codec;
        this.engine = engine;
        this.execution = execution;
    }

    /** Writes the new files; empty where no partition has enough small ones. */
    Optional<PreparedWrite> prepare(DeltaVersion base) {
        List<List<DeltaFile>> groups = groups(base.files());
        if (groups.isEmpty()) {
            return Optional.empty();
        }
        DeltaFeatures.requireWritable(base.snapshot(), name, false, false);
        Metadata metadata = base.snapshot().getMetadata();
        DataFiles files = new DataFiles(folder, metadata.getSchema(), VectorUtils.toJavaList(metadata.getPartitionColumns()), codec, engine,
            execution);
        try {
            List<DeltaFile> removed = new ArrayList<>();
            List<DataFiles.Written> added = new ArrayList<>();
            for (List<DeltaFile> group : groups) {
                added.addAll(files.write(base.rows(engine, group)));
                removed.addAll(group);
            }
            Map<String, Long> metrics = Map.of("numRemovedFiles", (long) removed.size(), "numAddedFiles", (long) added.size(),
                "numRemovedBytes", removed.stream().mapToLong(file -> file.add().getSize()).sum(),
                "numAddedBytes", added.stream().mapToLong(DataFiles.Written::bytes).sum());
            return Optional.of(new PreparedWrite(Optional.of(base), base.snapshot().getProtocol(), metadata, removed, added, files,
                CommitInformation.of("OPTIMIZE", Map.of("predicate", "[]", "zOrderBy", "[]", "auto", "true"), metrics), 0, false, false));
        } catch (RuntimeException | Error e) {
            files.close();
            throw e;
        }
    }

    /** Files that become one, of partitions that have many small ones. */
    private static List<List<DeltaFile>> groups(List<DeltaFile> all) {
        Map<Map<String, String>, List<DeltaFile>> small = new LinkedHashMap<>();
        all.stream().filter(file -> file.add().getSize() < FILE_BYTES)
            .forEach(file -> small.computeIfAbsent(file.partitionValues(), _ -> new ArrayList<>()).add(file));
        List<List<DeltaFile>> groups = new ArrayList<>();
        small.values().stream().filter(files -> files.size() >= LEAST_FILES).forEach(files -> pack(files, groups));
        return groups;
    }

    private static void pack(List<DeltaFile> files, List<List<DeltaFile>> groups) {
        List<DeltaFile> group = new ArrayList<>();
        long bytes = 0;
        for (DeltaFile file : files) {
            if (bytes + file.add().getSize() > FILE_BYTES && !group.isEmpty()) {
                groups.add(group);
                group = new ArrayList<>();
                bytes = 0;
            }
            group.add(file);
            bytes += file.add().getSize();
        }
        groups.add(group);
        groups.removeIf(one -> one.size() < 2);
    }
}
