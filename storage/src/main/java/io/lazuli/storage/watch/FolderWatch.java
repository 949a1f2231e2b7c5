package io.lazuli.storage.watch;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.Lake;
import io.lazuli.storage.Links;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Change;
import io.lazuli.storage.content.Locks;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of files that other programs write and delete in the folders that someone wants to hear of, and of what came and went since an
 * earlier process heard of the same folder. In a folder that nobody watched before, what is there is no news. What comes is told once it is
 * quiet: unchanged for a while, and open for writing in no process that can be seen.
 */
public final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final Duration QUIET = Duration.ofMillis(400);
    private static final long STEP_MILLIS = 100;
    /** How often there may be new containers, or what was not told is looked for. */
    private static final Duration LOOK = Duration.ofMillis(300);
    /** How often all is looked through where the system cannot watch all folders. */
    private static final Duration ROUND = Duration.ofSeconds(5);

    /** What was last seen of a file that has changed; {@code version} is null when it was not there. */
    private record Seen(Version version, long since) {
    }

    private final WatchedFolders folders;
    private final Blobs blobs;
    private final Locks locks;
    private final KnownFiles known;
    private final Consumer<Change> changes;
    private final Map<BlobAddress, Seen> restless = new LinkedHashMap<>();
    private final Thread thread;
    /** At first, what came and went since an earlier process watched. */
    private boolean overlooked = true;
    private long lastRound = System.nanoTime() - ROUND.toNanos();
    private long lastLook = System.nanoTime() - ROUND.toNanos();

    /** Begins to watch: what comes into the folders when this has returned is told. */
    public FolderWatch(Lake lake, Blobs blobs, Locks locks, KnownFiles known, Consumer<Change> changes) {
        this.blobs = blobs;
        this.locks = locks;
        this.known = known;
        this.changes = changes;
        folders = new WatchedFolders(lake, known);
        if (!known.isResumed()) {
            begin();
        }
        thread = Thread.ofPlatform().daemon().name("lake-watch").start(this::run);
    }

    /** Notes what is there where nobody ever looked. */
    private void begin() {
        folders.lookForContainers((address, file) -> {
            if (!known.isResumed(address)) {
                known.note(address, Version.of(file));
            }
        });
        known.begin();
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = folders.poll(STEP_MILLIS);
                try {
                    for (; key != null; key = folders.poll(0)) {
                        read(key);
                    }
                    lookAround();
                    settle();
                } catch (ClosedWatchServiceException end) {
                    throw end;
                } catch (RuntimeException problem) {
                    LOG.error("Cannot see what happens in the lake's folders; it will be tried again", problem);
                    overlooked = true;
                }
            }
        } catch (ClosedWatchServiceException | InterruptedException end) {
            LOG.debug("The lake's folders are not watched any more", end);
        }
    }

    private void lookAround() {
        long now = System.nanoTime();
        if (now - lastLook > LOOK.toNanos()) {
            lastLook = now;
            folders.lookForContainers(this::compare);
        }
        if (now - lastRound > (overlooked ? LOOK : ROUND).toNanos() && (overlooked || !folders.isComplete())) {
            lastRound = now;
            overlooked = false;
            lookThrough();
        }
    }

    private void read(WatchKey key) {
        BlobAddress folder = folders.folder(key);
        List<WatchEvent<?>> events = key.pollEvents();
        folders.goOn(key);
        for (WatchEvent<?> event : events) {
            if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
                overlooked = true;
            } else if (folder != null) {
                tryRead(folder, event.context().toString(), event.kind());
            }
        }
    }

    private void tryRead(BlobAddress folder, String name, WatchEvent.Kind<?> kind) {
        try {
            read(folder, name, kind);
        } catch (LazuliException problem) {
            LOG.warn("Cannot look at {} in {}", name, folder.key(), problem);
        }
    }

    private void read(BlobAddress folder, String name, WatchEvent.Kind<?> kind) {
        BlobAddress address = folder.withPath(folder.path().isEmpty() ? name : folder.path() + "/" + name);
        Optional<FileStatus> entry = folders.tree(folder).child(folder.path(), name);
        boolean isFolder = entry.filter(FileStatus::folder).isPresent();
        if (kind == StandardWatchEventKinds.ENTRY_DELETE) {
            folders.leave(address);
        }
        if (kind != StandardWatchEventKinds.ENTRY_MODIFY) {
            // Of a folder that was moved away, or in the place of another, the system tells nothing more.
            known.below(address).forEach(file -> noteChanged(file, null));
        }
        if (!isFolder || known.has(address)) {
            noteChanged(address, isFolder ? null : entry.orElse(null));
        }
        if (isFolder && kind == StandardWatchEventKinds.ENTRY_CREATE && !Links.leadsBack(entry.get())) {
            folders.watch(address, this::compare);
        }
    }

    private void noteChanged(BlobAddress address, FileStatus file) {
        Version version = file == null ? null : Version.of(file);
        Seen seen = restless.get(address);
        if (known.isWatched(address) && (seen == null || !Objects.equals(seen.version(), version))) {
            restless.put(address, new Seen(version, System.nanoTime()));
        }
    }

    /** Finds by itself what has changed, when the system has not told all of it. */
    private void lookThrough() {
        Set<BlobAddress> missing = known.all();
        folders.containers().forEach(container -> folders.watch(container, (address, file) -> {
            missing.remove(address);
            compare(address, file);
        }));
        missing.forEach(address -> noteChanged(address, null));
    }

    private void compare(BlobAddress address, FileStatus file) {
        if (!known.has(address, Version.of(file))) {
            noteChanged(address, file);
        }
    }

    private void settle() {
        Map<BlobAddress, Optional<FileStatus>> quiet = new LinkedHashMap<>();
        for (BlobAddress address : List.copyOf(restless.keySet())) {
            Optional<FileStatus> file = look(address);
            noteChanged(address, file.orElse(null));
            if (file.filter(found -> known.has(address, Version.of(found))).isPresent()) {
                // The service or a pipeline has written it, and told.
                restless.remove(address);
            } else if (System.nanoTime() - restless.get(address).since() > QUIET.toNanos()) {
                quiet.put(address, file);
            }
        }
        Map<BlobAddress, Path> files = new LinkedHashMap<>();
        quiet.forEach((address, file) -> file.flatMap(FolderWatch::real).ifPresent(path -> files.put(address, path)));
        Set<Path> open = OpenFiles.among(Set.copyOf(files.values()));
        quiet.forEach((address, file) -> {
            if (!open.contains(files.get(address))) {
                restless.remove(address);
                tell(address, file.map(Version::of).orElse(null));
            }
        });
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
            return folders.tree(address).status(address.path()).filter(file -> !file.folder());
        } catch (LazuliException linkOrName) {
            return Optional.empty();
        }
    }

    /** {@code version} is what the file was while it was quiet; null for no file. */
    private void tell(BlobAddress address, Version version) {
        try {
            locks.withBlob(address, () -> {
                Optional<FileStatus> file = look(address);
                if (!Objects.equals(file.map(Version::of).orElse(null), version)) {
                    noteChanged(address, file.orElse(null));
                } else if (file.isPresent()) {
                    written(address, file.get());
                } else {
                    removed(address);
                }
                return null;
            });
        } catch (RuntimeException failure) {
            LOG.error("What happened to {} cannot be told; it will be tried again", address.key(), failure);
            restless.put(address, new Seen(version, System.nanoTime()));
        }
    }

    private void written(BlobAddress address, FileStatus file) {
        if (blobs.hasWritten(address, file)) {
            // The service told of it, or was ended before it answered.
            known.note(address, Version.of(file));
        } else if (!known.has(address, Version.of(file))) {
            changes.accept(new Change.Written(address, blobs.blob(address, file).record()));
            known.keep();
        }
    }

    /** A blob may be elsewhere than its name says, and what goes with its container is told of by nobody. */
    private void removed(BlobAddress address) {
        if (!folders.tree(address).folder().exists()) {
            known.forget(address);
        } else if (known.has(address) && blobs.find(address).isEmpty()) {
            changes.accept(new Change.Deleted(address, Blobs.ofFile(address.path())));
            known.keep();
        }
    }

    @Override
    public void close() {
        folders.close();
        try {
            thread.join();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
