package io.lazuli.datafactory.connector.delta;

import static io.lazuli.foundation.LazuliException.failure;

import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.RemoveFile;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds and removes the files of a table's folder that its newer versions do not need. */
final class DeltaVacuum {
    private final Path folder;
    private final DeltaKernel kernel;
    private final DeltaVersion latest;

    DeltaVacuum(Path folder, DeltaKernel kernel, DeltaVersion latest) {
        this.folder = folder;
        this.kernel = kernel;
        this.latest = latest;
    }

    int removeBefore(Instant time) {
        try {
            Set<Path> needed = needed(time);
            List<Path> old = new ArrayList<>();
            collect(folder, time, needed, old);
            for (Path file : old) {
                Files.deleteIfExists(file);
            }
            return old.size();
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "Files of %s cannot be removed: %s", folder, e.getMessage(), e);
        }
    }

    private Set<Path> needed(Instant time) throws IOException {
        Set<Path> needed = new HashSet<>();
        for (DeltaFile file : latest.files()) {
            needed.add(file.path());
            file.deletionVector().filter(vector -> vector.isOnDisk())
                .ifPresent(vector -> needed.add(Path.of(vector.getAbsolutePath(folder.toString()))));
        }
        removedInCommits(time, needed);
        removedInCheckpoint(time, needed);
        return needed;
    }

    /** Files that versions since that time have removed belong to versions that can still be asked for. */
    private void removedInCommits(Instant time, Set<Path> needed) throws IOException {
        try (Stream<Path> commits = Files.list(folder.resolve("_delta_log"))) {
            for (Path commit : (Iterable<Path>) commits::iterator) {
                if (commit.getFileName().toString().matches("\\d{20}\\.json")
                    && !Files.getLastModifiedTime(commit).toInstant().isBefore(time)) {
                    for (String line : Files.readAllLines(commit, StandardCharsets.UTF_8)) {
                        JsonNode remove = JsonMapper.shared().readTree(line).path("remove");
                        keep(remove.path("path").asString(""), remove.path("deletionTimestamp").asLong(0), time, needed);
                    }
                }
            }
        }
    }

    private void removedInCheckpoint(Instant time, Set<Path> needed) throws IOException {
        StructType schema = new StructType().add("remove", RemoveFile.FULL_SCHEMA);
        try (CloseableIterator<ColumnarBatch> batches = kernel.getParquetHandler().readParquetFiles(
            Utils.toCloseableIterator(latest.snapshot().getLogSegment().getCheckpoints().stream()
                .filter(file -> file.getPath().endsWith(".parquet")).iterator()), schema, Optional.empty())) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getRows()) {
                    while (rows.hasNext()) {
                        Row row = rows.next();
                        if (!row.isNullAt(0)) {
                            RemoveFile removed = new RemoveFile(row.getStruct(0));
                            keep(removed.getPath(), removed.getDeletionTimestamp().orElse(0L), time, needed);
                        }
                    }
                }
            }
        }
    }

    private void keep(String path, long removed, Instant time, Set<Path> needed) {
        if (!path.isEmpty() && removed >= time.toEpochMilli()) {
            URI uri = URI.create(path);
            needed.add(uri.getPath().startsWith("/") ? Path.of(uri.getPath()) : folder.resolve(uri.getPath()));
        }
    }

    /** Names that begin with {@code _} or {@code .} are the log and other things than data, but for partitions' folders. */
    private static void collect(Path directory, Instant time, Set<Path> needed, List<Path> old) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                String name = entry.getFileName().toString();
                if ((name.startsWith("_") || name.startsWith(".")) && !name.contains("=")) {
                    continue;
                }
                if (Files.isDirectory(entry)) {
                    collect(entry, time, needed, old);
                } else if (Files.getLastModifiedTime(entry).toInstant().isBefore(time) && !needed.contains(entry)) {
                    old.add(entry);
                }
            }
        }
    }
}
