package io.lazuli.datafactory.connector.delta;

import static io.lazuli.foundation.LazuliException.failure;

import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.SnapshotImpl;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.foundation.CommonError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A Delta table in a folder of this machine. Thread-safe; other processes may read and write it at the same time.
 *
 * <p>Failures: {@code NOT_FOUND} where no table is, {@code NOT_SUPPORTED} for tables with features that nothing here reads,
 * {@code INVALID_ARGUMENT} for versions and times that the table does not have.
 */
public final class DeltaTable {
    private final DeltaKernel kernel;
    private final Path folder;
    private final String name;

    private DeltaTable(DeltaKernel kernel, Path folder, String name) {
        this.kernel = kernel;
        this.folder = folder;
        this.name = name;
    }

    /** The table in a folder, which messages call by the name; there need not be one yet. */
    public static DeltaTable at(Engine engine, Path folder, String name) {
        return new DeltaTable(new DeltaKernel(engine), folder.toAbsolutePath(), name);
    }

    /** Whether the folder has a log. */
    public boolean exists() {
        return Files.isDirectory(folder.resolve("_delta_log"));
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
            return new DeltaVersion(kernel, folder, (SnapshotImpl) choice.apply(Table.forPath(kernel, folder.toString())));
        } catch (TableNotFoundException e) {
            throw missing(Optional.of(e));
        } catch (KernelException e) {
            throw failure(e.getMessage().contains("nsupported") ? CommonError.NOT_SUPPORTED : CommonError.INVALID_ARGUMENT,
                "Delta table '%s': %s", name, e.getMessage(), e);
        }
    }

    private RuntimeException missing(Optional<Throwable> cause) {
        String message = "There is no Delta table in '%s': %s";
        String reason = !Files.isDirectory(folder) ? "there is no such folder"
            : exists() ? "its folder _delta_log has no version" : "it has no folder _delta_log";
        return cause.map(e -> (RuntimeException) failure(CommonError.NOT_FOUND, message, name, reason, e))
            .orElseGet(() -> failure(CommonError.NOT_FOUND, message, name, reason));
    }
}
