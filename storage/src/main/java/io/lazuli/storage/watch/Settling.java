package io.lazuli.storage.watch;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.Lake;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Change;
import io.lazuli.storage.content.Locks;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of files that have changed once they are quiet: unchanged for a while, and open for writing in no process that can be seen. Used by
 * one thread at a time.
 */
final class Settling {
    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
    /** So many are told before the system is asked again what has happened. */
    private static final int AT_A_TIME = 1000;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final Lake lake;
    private final Blobs blobs;
    private final Locks locks;
    private final KnownFiles known;
    private final Consumer<Change> changes;
    private final BooleanSupplier closed;
    private final RestlessFiles restless = new RestlessFiles(System::nanoTime);
    private int failures;
    private long lastLine = System.nanoTime() - BETWEEN_LINES.toNanos();

    Settling(Lake lake, Blobs blobs, Locks locks, KnownFiles known, Consumer<Change> changes, BooleanSupplier closed) {
        this.lake = lake;
        this.blobs = blobs;
        this.locks = locks;
        this.known = known;
        this.changes = changes;
        this.closed = closed;
    }

    /** Notes what may be news; null for a file that is not there. */
    void note(BlobAddress address, FileStatus file) {
        if (known.isWatched(address)) {
            restless.note(address, file == null ? null : Version.of(file));
        }
    }

    /** Tells of what is quiet; true when there may be more at once. What is not told at the end is found by the next start. */
    boolean settle() {
        List<BlobAddress> due = restless.quiet(AT_A_TIME);
        Map<BlobAddress, Optional<FileStatus>> quiet = new LinkedHashMap<>();
        for (BlobAddress address : due) {
            requireOpen();
            Optional<FileStatus> file = look(address);
            Version version = file.map(Version::of).orElse(null);
            if (version != null && known.has(address, version)) {
                // The service or a pipeline has written it, and told.
                restless.remove(address);
            } else if (restless.note(address, version)) {
                quiet.put(address, file);
            }
        }
        tell(quiet);
        return due.size() == AT_A_TIME;
    }

    private void requireOpen() {
        if (closed.getAsBoolean()) {
            throw new ClosedWatchServiceException();
        }
    }

    private void tell(Map<BlobAddress, Optional<FileStatus>> quiet) {
        if (quiet.isEmpty()) {
            return;
        }
        Map<BlobAddress, Path> files = new LinkedHashMap<>();
        quiet.forEach((address, file) -> file.flatMap(Settling::real).ifPresent(path -> files.put(address, path)));
        Set<Path> open = OpenFiles.among(Set.copyOf(files.values()));
        quiet.forEach((address, file) -> {
            requireOpen();
            if (open.contains(files.get(address))) {
                restless.again(address);
            } else {
                tell(address, file.map(Version::of).orElse(null));
            }
        });
        // A crash before this may tell them again.
        known.keep();
    }

    private static Optional<Path> real(FileStatus file) {
        try {
            return Optional.of(file.file().toRealPath());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private Optional<FileStatus> look(BlobAddress address) {
        try {
            return lake.container(address.account(), address.container()).status(address.path()).filter(file -> !file.folder());
        } catch (LazuliException linkOrName) {
            return Optional.empty();
        }
    }

    /** {@code version} is what the file was while it was quiet; null for no file. */
    private void tell(BlobAddress address, Version version) {
        try {
            boolean told = locks.withBlob(address, () -> {
                Optional<FileStatus> file = look(address);
                if (!Objects.equals(file.map(Version::of).orElse(null), version)) {
                    note(address, file.orElse(null));
                    return false;
                }
                file.ifPresentOrElse(found -> written(address, found), () -> removed(address));
                return true;
            });
            if (told) {
                restless.remove(address);
            }
        } catch (RuntimeException | Error failure) {
            // One that fails is in the way of no other.
            restless.failed(address, version);
            complain(address, failure);
        }
    }

    private void complain(BlobAddress address, Throwable failure) {
        failures++;
        long now = System.nanoTime();
        if (now - lastLine >= BETWEEN_LINES.toNanos()) {
            LOG.error("What happened to files cannot be told, of {} the last time ({} times since the last line); it is tried again after "
                + "longer and longer pauses, of a minute at the most", address.key(), failures, failure);
            lastLine = now;
            failures = 0;
        }
    }

    private void written(BlobAddress address, FileStatus file) {
        if (blobs.hasWritten(address, file)) {
            // The service told of it, or was ended before it answered.
            known.note(address, Version.of(file));
        } else if (!known.has(address, Version.of(file))) {
            changes.accept(new Change.Written(address, blobs.blob(address, file).record()));
        }
    }

    /** A blob may be elsewhere than its name says, and what goes with its container is told of by nobody. */
    private void removed(BlobAddress address) {
        if (!lake.container(address.account(), address.container()).folder().exists()) {
            known.forget(address);
        } else if (known.has(address) && blobs.find(address).isEmpty()) {
            changes.accept(new Change.Deleted(address, Blobs.ofFile(address.path())));
        }
    }
}
