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
import java.util.HashSet;
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
 * Tells of files that other programs write and delete in the folders that someone wants to hear of. What is there at the start is no news;
 * what comes is told once it is quiet: unchanged for a while, and open for writing in no process that can be seen.
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
    private boolean overlooked;
    private long lastRound = System.nanoTime();
    private long lastLook = System.nanoTime();

    /** Notes what is there and begins to watch. */
    public FolderWatch(Lake lake, Blobs blobs, Locks locks, KnownFiles known, Consumer<Change> changes) {
        this.blobs = blobs;
        this.locks = locks;
        this.known = known;
        this.changes = changes;
        folders = new WatchedFolders(lake, known);
        folders.lookForContainers((address, file) -> known.isNews(address, Version.of(file)));
        thread = Thread.ofPlatform().daemon().name("lake-watch").start(this::run);
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
            folders.lookForContainers(this::noteChanged);
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
                tryRead(folder, event.context().toString(), event.kind() == StandardWatchEventKinds.ENTRY_CREATE);
            }
        }
    }

    private void tryRead(BlobAddress folder, String name, boolean isNew) {
        try {
            read(folder, name, isNew);
        } catch (LazuliException problem) {
            LOG.warn("Cannot look at {} in {}", name, folder.key(), problem);
        }
    }

    private void read(BlobAddress folder, String name, boolean isNew) {
        BlobAddress address = folder.withPath(folder.path().isEmpty() ? name : folder.path() + "/" + name);
        Optional<FileStatus> entry = folders.tree(folder).child(folder.path(), name);
        boolean isFolder = entry.filter(FileStatus::folder).isPresent();
        if (!isFolder || known.has(address)) {
            noteChanged(address, isFolder ? null : entry.orElse(null));
        }
        if (isFolder && isNew && !Links.leadsBack(entry.get())) {
            folders.watch(address, this::noteChanged);
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
        Set<BlobAddress> missing = new HashSet<>();
        folders.containers().forEach(container -> missing.addAll(known.in(container)));
        folders.containers().forEach(container -> folders.watch(container, (address, file) -> {
            missing.remove(address);
            if (!known.has(address, Version.of(file))) {
                noteChanged(address, file);
            }
        }));
        missing.forEach(address -> noteChanged(address, null));
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
            if (version != null) {
                known.forget(address);
            }
            restless.put(address, new Seen(version, System.nanoTime()));
        }
    }

    private void written(BlobAddress address, FileStatus file) {
        boolean own = blobs.hasWritten(address, file);
        if (known.isNews(address, Version.of(file)) && !own) {
            changes.accept(new Change.Written(address, blobs.blob(address, file).record()));
        }
    }

    /** What goes with its folder is told of by nobody. */
    private void removed(BlobAddress address) {
        int slash = address.path().lastIndexOf('/');
        boolean alone = folders.tree(address).status(slash < 0 ? "" : address.path().substring(0, slash)).isPresent();
        if (known.has(address) && alone) {
            changes.accept(new Change.Deleted(address, Blobs.ofFile(address.path())));
        }
        known.forget(address);
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
