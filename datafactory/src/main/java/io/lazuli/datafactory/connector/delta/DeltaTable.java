package io.lazuli.datafactory.connector.delta;

import static io.lazuli.foundation.LazuliException.failure;

import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.SnapshotImpl;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Delta table in a folder of this machine. Thread-safe; other processes may read and write it at the same time.
 *
 * <p>Failures: {@code NOT_FOUND} where no table is, {@code NOT_SUPPORTED} for tables with features that nothing here reads,
 * {@code INVALID_ARGUMENT} for versions and times that the table does not have.
 */
public final class DeltaTable {
    private static final Pattern VERSION = Pattern.compile("\\d{20}\\.(json|checkpoint\\..*)");
    private static final int ATTEMPTS = 100;

    private final DeltaKernel kernel;
    private final Path folder;
    private final String name;
    private final Engine engine;

    private DeltaTable(Engine engine, Path folder, String name) {
        this.engine = engine;
        this.kernel = new DeltaKernel(engine);
        this.folder = folder;
        this.name = name;
    }

    /** The table in a folder, which messages call by the name; there need not be one yet. */
    public static DeltaTable at(Engine engine, Path folder, String name) {
        return new DeltaTable(engine, folder.toAbsolutePath(), name);
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    /** Whether the folder has a log with a version. */
    public boolean exists() {
        Path log = folder.resolve("_delta_log");
        if (!Files.isDirectory(log)) {
            return false;
        }
        try (Stream<Path> files = Files.list(log)) {
            return files.anyMatch(file -> VERSION.matcher(file.getFileName().toString()).matches());
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "%s cannot be listed: %s", log, e.getMessage(), e);
        }
    }

    /**
     * Writes rows as the next version, all or none. Another version that someone else writes meanwhile stays: this one follows it.
     *
     * @param rows may be read several times, and should be kept
     * @param columns the columns of the rows that are written
     */
    public DeltaWrite.Result write(Plan rows, List<String> columns, DeltaWrite write, Execution execution) {
        DeltaWriter writer = new DeltaWriter(folder, name, engine, execution);
        return commit(base -> Optional.of(writer.prepare(base, rows, columns, write))).orElseThrow();
    }

    /**
     * Makes one file of the small ones of each partition that has 50 or more; empty where none has. Rows that others add meanwhile stay in
     * files of their own.
     */
    public Optional<DeltaWrite.Result> compact(String codec, Execution execution) {
        DeltaCompaction compaction = new DeltaCompaction(folder, name, codec, engine, execution);
        return commit(base -> base.flatMap(compaction::prepare));
    }

    /** Writes what is prepared as the next version; empty when nothing is. */
    private Optional<DeltaWrite.Result> commit(Function<Optional<DeltaVersion>, Optional<PreparedWrite>> preparation) {
        PreparedWrite prepared = null;
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<DeltaVersion> base = exists() ? Optional.of(latest()) : Optional.empty();
                if (prepared != null && !prepared.follows(base)) {
                    prepared.close();
                    prepared = null;
                }
                if (prepared == null) {
                    prepared = preparation.apply(base).orElse(null);
                }
                if (prepared == null) {
                    return Optional.empty();
                }
                Optional<Long> version = new DeltaLog(folder, kernel).commit(prepared, base);
                if (version.isPresent()) {
                    prepared.files().keep();
                    return Optional.of(new DeltaWrite.Result(version.get(), prepared.rows()));
                }
            }
        } finally {
            if (prepared != null) {
                prepared.close();
            }
        }
        throw failure(CommonError.IN_USE, "Delta table '%s' was written by others %d times in a row; nothing was written", name, ATTEMPTS);
    }

    /** Removes the files that no version of that time or later has, and that are older themselves; gives their number. */
    public int vacuum(Duration retention) {
        return new DeltaVacuum(folder, kernel, latest()).removeBefore(Instant.now().minus(retention));
    }

    /** Whether a file is in the table's folder. */
    public boolean has(Path file) {
        return file.toAbsolutePath().startsWith(folder);
    }

    public DeltaVersion latest() {
        return version(table -> table.getLatestSnapshot(kernel));
    }

    public DeltaVersion version(long number) {
        return version(table -> table.getSnapshotAsOfVersion(kernel, number));
    }

    /** The last version that was written at that time or before. */
    public DeltaVersion at(Instant time) {
        return version(table -> table.getSnapshotAsOfTimestamp(kernel, time.toEpochMilli()));
    }

    private DeltaVersion version(Function<Table, Snapshot> choice) {
        if (!exists()) {
            throw missing(Optional.empty());
        }
        try {
            return new DeltaVersion(kernel, folder, name, (SnapshotImpl) choice.apply(Table.forPath(kernel, folder.toString())));
        } catch (TableNotFoundException e) {
            throw missing(Optional.of(e));
        } catch (RuntimeException e) {
            throw KernelFailures.of(name, e);
        }
    }

    private RuntimeException missing(Optional<Throwable> cause) {
        String message = "There is no Delta table in '%s': %s";
        String reason = !Files.isDirectory(folder) ? "there is no such folder"
            : Files.isDirectory(folder.resolve("_delta_log")) ? "its folder _delta_log has no version" : "it has no folder _delta_log";
        return cause.map(e -> (RuntimeException) failure(CommonError.NOT_FOUND, message, name, reason, e))
            .orElseGet(() -> failure(CommonError.NOT_FOUND, message, name, reason));
    }
}
