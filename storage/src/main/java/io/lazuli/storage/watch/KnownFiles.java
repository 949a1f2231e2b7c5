package io.lazuli.storage.watch;

import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.Links;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Change;
import io.lazuli.storage.event.EventScope;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which files in the watched folders everybody has heard of, so that nothing is told twice. It is kept from one start to the next; a
 * crash may take what the service itself did in the last moments. Thread-safe; whoever opened it closes it before the metadata.
 */
public final class KnownFiles implements Consumer<Change>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KnownFiles.class);
    /** So many are noted at once, so that others can change their records between. */
    private static final int AT_A_TIME = 200;

    private final Lake lake;
    private final MetadataStore metadata;
    private final WatchedScopes scopes;
    private final Table<Version> versions;
    private final Forgetting forgetting;
    /** What the service has written, deleted or renamed while what was there is noted; null when all is. */
    private Set<String> touched;

    /** Forgets what was known of files of which nobody wants to hear any more. */
    public KnownFiles(Lake lake, MetadataStore metadata, Set<EventScope> scopes) {
        this.lake = lake;
        this.metadata = metadata;
        this.scopes = new WatchedScopes(metadata, scopes);
        this.versions = metadata.table("heard", Version.class);
        this.forgetting = new Forgetting(metadata, versions, key -> !this.scopes.isResumed(WatchedKeys.address(key)));
        // What is there when a folder begins to be watched must not be taken for what an earlier process knew, so that is forgotten first.
        if (this.scopes.isResumed()) {
            forgetting.start();
        } else {
            touched = new HashSet<>();
            forgetting.run();
        }
    }

    /** Whether no file is watched. */
    public boolean isEmpty() {
        return scopes.all().isEmpty();
    }

    WatchedScopes scopes() {
        return scopes;
    }

    boolean isWatched(BlobAddress address) {
        return scopes.holds(address);
    }

    /** Says that all files which were there are noted. */
    synchronized void begin() {
        touched = null;
        scopes.begin();
    }

    /** Notes contents that were there when somebody began to listen, but for those that the service has replaced or taken away since. */
    void noteOld(Map<BlobAddress, Version> all) {
        inPieces(all, this::noteUntouched);
    }

    private synchronized void noteUntouched(Map<BlobAddress, Version> some) {
        Map<BlobAddress, Version> there = new HashMap<>(some);
        there.keySet().removeIf(address -> touched != null && isTouched(address.key()));
        noteAtOnce(there);
    }

    private boolean isTouched(String key) {
        boolean found = touched.contains(key);
        for (int slash = key.lastIndexOf('/'); slash > 0 && !found; slash = key.lastIndexOf('/', slash - 1)) {
            found = touched.contains(key.substring(0, slash));
        }
        return found;
    }

    /** Notes a content that everybody has heard of. */
    void note(BlobAddress address, Version version) {
        note(Map.of(address, version));
    }

    /** Notes contents that everybody has heard of, those of watched files. */
    void note(Map<BlobAddress, Version> all) {
        inPieces(all, this::noteAtOnce);
    }

    private static void inPieces(Map<BlobAddress, Version> all, Consumer<Map<BlobAddress, Version>> action) {
        Map<BlobAddress, Version> piece = new HashMap<>();
        for (Map.Entry<BlobAddress, Version> entry : all.entrySet()) {
            piece.put(entry.getKey(), entry.getValue());
            if (piece.size() == AT_A_TIME) {
                action.accept(piece);
                piece.clear();
            }
        }
        action.accept(piece);
    }

    private void noteAtOnce(Map<BlobAddress, Version> some) {
        Map<String, Version> news = new TreeMap<>();
        some.forEach((address, version) -> {
            if (isWatched(address) && !has(address, version)) {
                news.put(address.key(), version);
            }
        });
        if (!news.isEmpty()) {
            metadata.changeLazily(() -> news.forEach(versions::put));
        }
    }

    /** Waits until what was noted survives a crash. */
    void keep() {
        metadata.change(() -> { });
    }

    /** Whether everybody has heard of a content. */
    public boolean has(BlobAddress address, Version version) {
        return version.equals(versions.get(address.key()));
    }

    boolean has(BlobAddress address) {
        return versions.has(address.key());
    }

    /** Forgets a file, or all in a folder. */
    void forget(BlobAddress address) {
        metadata.changeEach(versions.keys(WatchedKeys.below(address)), versions::remove);
        if (has(address)) {
            metadata.changeLazily(() -> versions.remove(address.key()));
        }
    }

    /** Forgets the files of containers that are not among those. */
    void forgetContainersBut(Set<BlobAddress> containers) {
        Iterator<String> keys = versions.keysFrom("");
        while (keys.hasNext()) {
            BlobAddress container = WatchedKeys.address(keys.next()).withPath("");
            if (!containers.contains(container)) {
                forget(container);
            }
            keys = versions.keysFrom(WatchedKeys.behind(container));
        }
    }

    /** Notes what the service itself does, and what was told of others. What cannot be noted may be told again, and fails no change. */
    @Override
    public void accept(Change change) {
        if (scopes.all().isEmpty()) {
            return;
        }
        try {
            touch(change);
            switch (change) {
                case Change.Written written -> note(written.address(), Version.of(written.record()));
                case Change.Deleted deleted -> forget(deleted.address());
                case Change.DirectoryDeleted deleted -> forget(deleted.address());
                case Change.Renamed renamed -> renamed(renamed.from(), renamed.address());
                case Change.TierChanged _, Change.DirectoryCreated _ -> { }
            }
        } catch (RuntimeException problem) {
            LOG.warn("What happened to {} cannot be noted; it may be told again", change.address().key(), problem);
        }
    }

    private synchronized void touch(Change change) {
        if (touched != null) {
            switch (change) {
                case Change.Written _, Change.Deleted _, Change.DirectoryDeleted _ -> touched.add(change.address().key());
                case Change.Renamed renamed -> touched.addAll(List.of(renamed.from().key(), renamed.address().key()));
                case Change.TierChanged _, Change.DirectoryCreated _ -> { }
            }
        }
    }

    private synchronized boolean isNoting() {
        return touched != null;
    }

    /** What everybody has heard of is known by its new name; of what comes from where nobody looks, the rename itself tells. */
    private void renamed(BlobAddress from, BlobAddress to) {
        if (!scopes.concerns(from) && !scopes.concerns(to)) {
            return;
        }
        if (isWatched(from) && !isNoting()) {
            move(from, to);
        } else {
            forget(from);
            if (scopes.concerns(to)) {
                noteWhatIs(to);
            }
        }
    }

    private void noteWhatIs(BlobAddress address) {
        lake.container(address.account(), address.container()).status(address.path()).ifPresent(found -> {
            if (found.folder()) {
                noteAll(address);
            } else {
                note(address, Version.of(found));
            }
        });
    }

    private void move(BlobAddress from, BlobAddress to) {
        metadata.changeEach(versions.keys(WatchedKeys.below(from)), key -> move(key, to.key() + key.substring(from.key().length())));
        if (has(from)) {
            metadata.changeLazily(() -> move(from.key(), to.key()));
        }
    }

    private void move(String from, String to) {
        Version version = versions.get(from);
        if (version != null) {
            versions.remove(from);
            if (isWatched(WatchedKeys.address(to))) {
                versions.put(to, version);
            }
        }
    }

    /** Notes all files in a folder and below, as far as they are watched. */
    private void noteAll(BlobAddress folder) {
        if (!scopes.concerns(folder)) {
            return;
        }
        FileTree tree = lake.container(folder.account(), folder.container());
        Map<BlobAddress, Version> files = new TreeMap<>(WatchedKeys.ORDER);
        for (FileStatus entry : tree.entries(folder.path())) {
            if (!entry.folder()) {
                files.put(folder.withPath(entry.path()), Version.of(entry));
            } else if (!Links.leadsBack(entry)) {
                noteAll(folder.withPath(entry.path()));
            }
        }
        note(files);
    }

    /** The files that are known in a folder and all below. */
    Set<BlobAddress> below(BlobAddress folder) {
        return versions.keys(WatchedKeys.below(folder)).stream().map(WatchedKeys::address).collect(Collectors.toCollection(HashSet::new));
    }

    /** The files that are known in a folder, or in folders in it that are not among those that are there, and are not there any more. */
    Set<BlobAddress> missing(BlobAddress folder, Set<String> files, Set<String> folders) {
        Set<BlobAddress> missing = new HashSet<>();
        String prefix = WatchedKeys.below(folder);
        Iterator<String> keys = versions.keysFrom(prefix);
        while (keys.hasNext()) {
            String key = keys.next();
            if (!key.startsWith(prefix)) {
                break;
            }
            String rest = key.substring(prefix.length());
            int slash = rest.indexOf('/');
            if (slash >= 0 && folders.contains(rest.substring(0, slash))) {
                keys = versions.keysFrom(WatchedKeys.behind(prefix + rest.substring(0, slash + 1)));
            } else if (slash >= 0 || !files.contains(rest)) {
                missing.add(WatchedKeys.address(key));
            }
        }
        return missing;
    }

    @Override
    public void close() {
        forgetting.close();
    }
}
