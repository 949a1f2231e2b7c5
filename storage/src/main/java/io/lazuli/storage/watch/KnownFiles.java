package io.lazuli.storage.watch;

import io.lazuli.storage.Lake;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Change;
import io.lazuli.storage.event.EventScope;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** Which files in the watched folders everybody has heard of, so that nothing is told twice. Thread-safe. */
public final class KnownFiles implements Consumer<Change> {
    private final Lake lake;
    private final Set<EventScope> scopes;
    private final ConcurrentSkipListMap<String, Version> versions = new ConcurrentSkipListMap<>();

    public KnownFiles(Lake lake, Set<EventScope> scopes) {
        this.lake = lake;
        this.scopes = Set.copyOf(scopes);
    }

    /** Whether no file is watched. */
    public boolean isEmpty() {
        return scopes.isEmpty();
    }

    Set<EventScope> scopes() {
        return scopes;
    }

    boolean isWatched(BlobAddress address) {
        return scopes.stream().anyMatch(scope -> scope.covers(address.account(), address.container()) && scope.holds(address.path()));
    }

    /** Notes a content, and says whether it was not noted before; that of a file which is not watched always is news. */
    public boolean isNews(BlobAddress address, Version version) {
        return !isWatched(address) || !version.equals(versions.put(address.key(), version));
    }

    boolean has(BlobAddress address, Version version) {
        return version.equals(versions.get(address.key()));
    }

    boolean has(BlobAddress address) {
        return versions.containsKey(address.key());
    }

    /** Forgets a file, or all in a folder. */
    void forget(BlobAddress address) {
        versions.subMap(address.key() + "/", address.key() + "0").clear();
        versions.remove(address.key());
    }

    void forgetContainer(BlobAddress container) {
        in(container).forEach(this::forget);
    }

    /** Notes what the service itself does. */
    @Override
    public void accept(Change change) {
        if (scopes.isEmpty()) {
            return;
        }
        switch (change) {
            case Change.Written written -> isNews(written.address(), Version.of(written.record()));
            case Change.Deleted deleted -> forget(deleted.address());
            case Change.DirectoryDeleted deleted -> forget(deleted.address());
            case Change.Renamed renamed -> {
                forget(renamed.from());
                note(renamed.address(), renamed.directory());
            }
            case Change.TierChanged _, Change.DirectoryCreated _ -> { }
        }
    }

    private void note(BlobAddress address, boolean directory) {
        if (directory) {
            lake.container(address.account(), address.container()).forEachFile(address.path(), true,
                file -> isNews(address.withPath(file.path()), Version.of(file)));
        } else {
            lake.container(address.account(), address.container()).status(address.path())
                .ifPresent(file -> isNews(address, Version.of(file)));
        }
    }

    /** The files in a container that are known. */
    Set<BlobAddress> in(BlobAddress container) {
        Set<BlobAddress> found = new HashSet<>();
        String begin = container.key();
        versions.tailMap(begin).keySet().stream().takeWhile(key -> key.startsWith(begin))
            .forEach(key -> found.add(container.withPath(key.substring(begin.length()))));
        return found;
    }
}
