package io.lazuli.storage.watch;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.Lake;
import io.lazuli.storage.Links;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Change;
import io.lazuli.storage.content.Locks;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of files that other programs write and delete in the folders that someone wants to hear of, and of what came and went since an
 * earlier process heard of the same folder. In a folder that nobody watched before, what is there is no news. What comes is told once it is
 * quiet: unchanged for a while, and open for writing in no process that can be seen.
 */
public final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final long STEP_MILLIS = 100;
    /** How often there may be new containers, or what was not told is looked for. */
    private static final Duration LOOK = Duration.ofMillis(300);
    /** How often all is looked through where the system cannot watch all folders; less often where that takes longer. */
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final long LONGEST_REST_MILLIS = 10_000;
    private static final Duration END = Duration.ofSeconds(10);
    /** By so much a file system's clock may be behind, as it goes in steps. */
    private static final long CLOCK_STEP_MILLIS = 20;

    private final WatchedFolders folders;
    private final KnownFiles known;
    private final Settling settling;
    /** Also what an attempt has seen that failed half-way. */
    private final FirstLook first;
    private final Thread thread;
    private boolean overlooked;
    private boolean noted;
    private boolean begun;
    private long lastRound = System.nanoTime();
    private long lastRoundNanos;
    private long lastLook = System.nanoTime() - ROUND.toNanos();

    /** Begins to watch: what comes into the folders when this has returned is told, once all that was there before is noted. */
    public FolderWatch(Lake lake, Blobs blobs, Locks locks, KnownFiles known, Consumer<Change> changes) {
        this(lake, blobs, locks, known, changes, FileSystems.getDefault()::newWatchService);
    }

    FolderWatch(Lake lake, Blobs blobs, Locks locks, KnownFiles known, Consumer<Change> changes, WatchedFolders.Watching system) {
        this.known = known;
        folders = new WatchedFolders(lake, known, system);
        settling = new Settling(lake, blobs, locks, known, changes, folders::isClosed);
        first = new FirstLook(known);
        noted = known.scopes().isResumed();
        if (!noted) {
            waitForClock();
        }
        thread = Thread.ofPlatform().daemon().name("lake-watch").start(this::run);
    }

    private void waitForClock() {
        try {
            folders.rest(CLOCK_STEP_MILLIS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /** Notes what was there where nobody ever looked. */
    private void noteAll() {
        folders.lookForContainers((folder, _, below) -> first.look(folder, below));
        folders.containers().forEach(container -> folders.watch(container, (folder, files, below) -> {
            first.note(folder, files, below);
            compare(folder, files, below);
        }));
        known.begin();
        noted = true;
    }

    private void run() {
        int troubles = 0;
        boolean more = false;
        while (!folders.isClosed()) {
            try {
                if (!noted) {
                    noteAll();
                }
                more = round(more ? 0 : STEP_MILLIS);
                troubles = 0;
            } catch (ClosedWatchServiceException | InterruptedException end) {
                LOG.debug("The lake's folders are not watched any more", end);
                return;
            } catch (Throwable problem) {
                LOG.error("Cannot see what happens in the lake's folders; it will be tried again", problem);
                overlooked = true;
                rest(troubles++);
            }
        }
    }

    private void rest(int troubles) {
        try {
            folders.rest(Math.min(LONGEST_REST_MILLIS, STEP_MILLIS << Math.min(troubles, Byte.SIZE)));
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hears, looks and tells once; true when there is more to tell at once. */
    private boolean round(long waitMillis) throws InterruptedException {
        for (WatchKey key = folders.poll(waitMillis); key != null; key = folders.poll(0)) {
            read(key);
        }
        lookAround();
        return settling.settle();
    }

    private void lookAround() {
        long now = System.nanoTime();
        if (now - lastLook > LOOK.toNanos()) {
            folders.lookForContainers(this::compare);
            lastLook = System.nanoTime();
            if (!begun) {
                known.forgetContainersBut(folders.containers());
                begun = true;
            }
        }
        long pause = Math.max(lastRoundNanos, (overlooked ? LOOK : ROUND).toNanos());
        if (now - lastRound > pause && (overlooked || !folders.isComplete())) {
            overlooked = false;
            folders.containers().forEach(container -> folders.watch(container, this::compare));
            lastRound = System.nanoTime();
            lastRoundNanos = lastRound - now;
        }
    }

    private void read(WatchKey key) {
        List<BlobAddress> names = folders.folders(key);
        List<WatchEvent<?>> events = key.pollEvents();
        folders.goOn(key);
        for (WatchEvent<?> event : events) {
            if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
                overlooked = true;
            } else {
                names.forEach(folder -> tryRead(folder, event.context().toString(), event.kind()));
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
            known.below(address).forEach(file -> settling.note(file, null));
        }
        if (!isFolder || known.has(address)) {
            settling.note(address, isFolder ? null : entry.orElse(null));
        }
        if (isFolder && kind == StandardWatchEventKinds.ENTRY_CREATE && !Links.leadsBack(entry.get())) {
            folders.watch(address, this::compare);
        }
    }

    /** Finds by itself what has changed in a folder. */
    private void compare(BlobAddress folder, List<FileStatus> files, List<FileStatus> below) {
        for (FileStatus file : files) {
            BlobAddress address = folder.withPath(file.path());
            if (!known.has(address, Version.of(file))) {
                settling.note(address, file);
            }
        }
        known.missing(folder, names(files), names(below)).forEach(address -> settling.note(address, null));
    }

    private static Set<String> names(List<FileStatus> entries) {
        return entries.stream().map(FileStatus::name).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        folders.close();
        try {
            if (!thread.join(END)) {
                LOG.warn("Whoever is told of a file takes long; it may be told again at the next start");
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
