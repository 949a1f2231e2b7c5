package io.lazuli.storage.watch;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.Links;
import io.lazuli.storage.content.BlobAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders of a lake that the system watches, those of which someone wants to hear. Used by one thread at a time. */
final class WatchedFolders implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedFolders.class);

    /** Gets what is in a folder when it begins to be watched, or is looked through again. */
    interface Found {
        /** {@code folders} are those of its folders that are looked into next. */
        void folder(BlobAddress folder, List<FileStatus> files, List<FileStatus> folders);
    }

    /** How the system is asked to watch. */
    interface Watching {
        WatchService watch() throws IOException;
    }

    private final Lake lake;
    private final KnownFiles known;
    /** Empty where the system watches nothing. */
    private final Optional<WatchService> watcher;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** One that has other names by links has them all. */
    private final Map<WatchKey, Set<BlobAddress>> folders = new HashMap<>();
    private final TreeMap<String, WatchKey> keys = new TreeMap<>();
    private final Set<BlobAddress> containers = new HashSet<>();
    /** What tells the containers that were seen from others of the same name. */
    private final Map<BlobAddress, String> identities = new HashMap<>();
    private boolean complete = true;

    /** {@code known} says where to look, and forgets the files of containers that are not there any more. */
    WatchedFolders(Lake lake, KnownFiles known, Watching system) {
        this.lake = lake;
        this.known = known;
        watcher = watcher(system);
    }

    private Optional<WatchService> watcher(Watching system) {
        try {
            return Optional.of(system.watch());
        } catch (IOException limit) {
            tellLimit(limit, "fs.inotify.max_user_instances");
            return Optional.empty();
        }
    }

    private void tellLimit(IOException limit, String setting) {
        if (complete) {
            LOG.warn("The system cannot watch all of the lake's folders ({}); they are looked through every few seconds instead. "
                + "On Linux, {} is the limit", limit.getMessage(), setting);
        }
        complete = false;
    }

    FileTree tree(BlobAddress address) {
        return lake.container(address.account(), address.container());
    }

    /** Whether the system watches all of them; there may be a limit. */
    boolean isComplete() {
        return complete;
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Those that are there, as far as someone wants to hear of them. */
    Set<BlobAddress> containers() {
        return Set.copyOf(containers);
    }

    /** Waits for something to happen in a folder; null when nothing does. */
    WatchKey poll(long millis) throws InterruptedException {
        if (watcher.isEmpty()) {
            rest(millis);
            return null;
        }
        return watcher.get().poll(millis, TimeUnit.MILLISECONDS);
    }

    /** Waits whatever happens, but for the end. */
    void rest(long millis) throws InterruptedException {
        closed.await(millis, TimeUnit.MILLISECONDS);
    }

    /** The names of the folder in which something happened, none for one that is not watched any more. */
    List<BlobAddress> folders(WatchKey key) {
        return List.copyOf(folders.getOrDefault(key, Set.of()));
    }

    /** Hears of what happens next in a folder, if it is there. */
    void goOn(WatchKey key) {
        if (key.reset()) {
            return;
        }
        Set<BlobAddress> names = folders.remove(key);
        for (BlobAddress gone : names == null ? Set.<BlobAddress>of() : names) {
            if (keys.remove(gone.key(), key) && gone.path().isEmpty()) {
                containers.remove(gone);
                identities.remove(gone);
                known.forget(gone);
            }
        }
    }

    /** Watches a folder no more that is not there any more, nor those below, which may be elsewhere now. */
    void leave(BlobAddress folder) {
        leave(folder.key(), keys.remove(folder.key()));
        Map<String, WatchKey> below = keys.subMap(WatchedKeys.below(folder), WatchedKeys.behind(folder));
        below.forEach(this::leave);
        below.clear();
    }

    private void leave(String name, WatchKey key) {
        Set<BlobAddress> names = key == null ? null : folders.get(key);
        if (names != null) {
            names.remove(WatchedKeys.address(name));
            if (names.isEmpty()) {
                folders.remove(key);
                key.cancel();
            }
        }
    }

    /** Watches the containers that are new, and leaves those that are elsewhere now. */
    void lookForContainers(Found found) {
        Set<BlobAddress> listed = new LinkedHashSet<>();
        for (String account : lake.accounts()) {
            if (known.scopes().all().stream().anyMatch(scope -> scope.account() == null || scope.account().equals(account))) {
                containers(account).stream().map(name -> new BlobAddress(account, name, "")).filter(known.scopes()::concerns)
                    .forEach(listed::add);
            }
        }
        for (BlobAddress container : containers()) {
            if (!listed.contains(container)) {
                leaveContainer(container);
            }
        }
        listed.forEach(container -> watchContainer(container, found));
    }

    private List<String> containers(String account) {
        try {
            return lake.containers(account);
        } catch (LazuliException noAccount) {
            return List.of();
        }
    }

    /** What is known of its files is kept: it may come back. */
    private void leaveContainer(BlobAddress address) {
        if (containers.remove(address)) {
            leave(address);
        }
    }

    private void watchContainer(BlobAddress address, Found found) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(tree(address).root(), BasicFileAttributes.class);
        } catch (LazuliException | IOException noContainer) {
            LOG.debug("{} is no container's folder", address.key(), noContainer);
            leaveContainer(address);
            return;
        }
        String identity = attributes.fileKey() + " " + attributes.creationTime();
        String before = identities.put(address, identity);
        if (before != null && !identity.equals(before)) {
            leaveContainer(address);
            known.forget(address);
        }
        if (containers.add(address)) {
            watch(address, found);
        }
    }

    /** Watches a folder and those below, as far as someone wants to hear of them. */
    void watch(BlobAddress folder, Found found) {
        if (isClosed()) {
            throw new ClosedWatchServiceException();
        }
        if (!known.scopes().concerns(folder)) {
            return;
        }
        List<FileStatus> entries;
        try {
            FileTree tree = tree(folder);
            register(folder, tree.resolve(folder.path()));
            entries = tree.entries(folder.path());
        } catch (LazuliException hidden) {
            LOG.warn("Cannot look into {}", folder.key(), hidden);
            return;
        }
        List<FileStatus> below = entries.stream().filter(entry -> entry.folder() && !Links.leadsBack(entry)).toList();
        found.folder(folder, entries.stream().filter(entry -> !entry.folder()).toList(), below);
        below.forEach(entry -> watch(folder.withPath(entry.path()), found));
    }

    private void register(BlobAddress folder, Path directory) {
        if (watcher.isEmpty()) {
            return;
        }
        try {
            WatchKey key = directory.register(watcher.get(), StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
            WatchKey before = keys.put(folder.key(), key);
            if (before != key) {
                leave(folder.key(), before);
            }
            // A folder that was moved keeps its key, and its old name until that is known to have gone.
            folders.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(folder);
        } catch (NoSuchFileException | NotDirectoryException gone) {
            LOG.debug("{} has gone meanwhile", folder.key(), gone);
        } catch (IOException limit) {
            tellLimit(limit, "fs.inotify.max_user_watches");
        }
    }

    @Override
    public void close() {
        closed.countDown();
        watcher.ifPresent(service -> {
            try {
                service.close();
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        });
    }
}
