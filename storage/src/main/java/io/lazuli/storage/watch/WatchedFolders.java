package io.lazuli.storage.watch;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.Links;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.event.EventScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders of a lake that the system watches, those of which someone wants to hear. Used by one thread at a time. */
final class WatchedFolders implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedFolders.class);

    /** Gets the files that are in a folder when it begins to be watched. */
    interface Found {
        void file(BlobAddress address, FileStatus file);
    }

    private final Lake lake;
    private final KnownFiles known;
    private final Set<EventScope> scopes;
    private final WatchService watcher;
    private final Map<WatchKey, BlobAddress> folders = new HashMap<>();
    private final TreeMap<String, WatchKey> keys = new TreeMap<>();
    /** Those of containers, by what tells them from others of the same name. */
    private final Map<BlobAddress, String> containers = new HashMap<>();
    private boolean complete = true;

    /** {@code known} forgets the files of containers that are not there any more. */
    WatchedFolders(Lake lake, KnownFiles known) {
        this.lake = lake;
        this.known = known;
        this.scopes = known.scopes();
        try {
            watcher = FileSystems.getDefault().newWatchService();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    FileTree tree(BlobAddress address) {
        return lake.container(address.account(), address.container());
    }

    /** Whether the system watches all of them; there may be a limit. */
    boolean isComplete() {
        return complete;
    }

    Set<BlobAddress> containers() {
        return Set.copyOf(containers.keySet());
    }

    /** Waits for something to happen in a folder; null when nothing does. */
    WatchKey poll(long millis) throws InterruptedException {
        return watcher.poll(millis, TimeUnit.MILLISECONDS);
    }

    /** The folder in which something happened, null for one that is not watched any more. */
    BlobAddress folder(WatchKey key) {
        return folders.get(key);
    }

    /** Hears of what happens next in a folder, if it is there. */
    void goOn(WatchKey key) {
        if (!key.reset()) {
            BlobAddress gone = folders.remove(key);
            boolean isCurrent = gone != null && keys.remove(gone.key(), key);
            if (isCurrent && gone.path().isEmpty()) {
                containers.remove(gone);
                known.forgetContainer(gone);
            }
        }
    }

    /** Watches a folder no more that is not there any more, nor those below, which may be elsewhere now. */
    void leave(BlobAddress folder) {
        leave(keys.remove(folder.key()));
        Map<String, WatchKey> below = keys.subMap(folder.key() + "/", folder.key() + "0");
        below.values().forEach(this::leave);
        below.clear();
    }

    private void leave(WatchKey key) {
        if (key != null) {
            folders.remove(key);
            key.cancel();
        }
    }

    /** Watches the containers that are new. */
    void lookForContainers(Found found) {
        for (String account : lake.accounts()) {
            if (scopes.stream().anyMatch(scope -> scope.account() == null || scope.account().equals(account))) {
                containers(account).stream().filter(container -> scopes.stream().anyMatch(scope -> scope.covers(account, container)))
                    .forEach(container -> watchContainer(new BlobAddress(account, container, ""), found));
            }
        }
    }

    private List<String> containers(String account) {
        try {
            return lake.containers(account);
        } catch (LazuliException noAccount) {
            return List.of();
        }
    }

    private void watchContainer(BlobAddress address, Found found) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(tree(address).root(), BasicFileAttributes.class);
            String identity = attributes.fileKey() + " " + attributes.creationTime();
            String before = containers.put(address, identity);
            if (!identity.equals(before)) {
                if (before != null) {
                    known.forgetContainer(address);
                }
                watch(address, found);
            }
        } catch (LazuliException | IOException noContainer) {
            LOG.debug("{} is no container's folder", address.key(), noContainer);
        }
    }

    /** Watches a folder and those below, as far as someone wants to hear of them. */
    void watch(BlobAddress folder, Found found) {
        if (scopes.stream().noneMatch(scope -> scope.covers(folder.account(), folder.container()) && scope.concerns(folder.path()))) {
            return;
        }
        try {
            FileTree tree = tree(folder);
            register(folder, tree.resolve(folder.path()));
            for (FileStatus entry : tree.entries(folder.path())) {
                BlobAddress address = folder.withPath(entry.path());
                if (!entry.folder()) {
                    found.file(address, entry);
                } else if (!Links.leadsBack(entry)) {
                    watch(address, found);
                }
            }
        } catch (LazuliException hidden) {
            LOG.warn("Cannot look into {}", folder.key(), hidden);
        }
    }

    private void register(BlobAddress folder, Path directory) {
        try {
            WatchKey key = directory.register(watcher, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
            // A folder that was moved keeps its key.
            BlobAddress before = folders.put(key, folder);
            if (before != null) {
                keys.remove(before.key(), key);
            }
            keys.put(folder.key(), key);
        } catch (NoSuchFileException | NotDirectoryException gone) {
            LOG.debug("{} has gone meanwhile", folder.key(), gone);
        } catch (IOException limit) {
            if (complete) {
                LOG.warn("The system cannot watch all of the lake's folders ({}); they are looked through now and then instead. "
                    + "On Linux, fs.inotify.max_user_watches is the limit", limit.getMessage());
            }
            complete = false;
        }
    }

    @Override
    public void close() {
        try {
            watcher.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
