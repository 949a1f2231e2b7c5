package io.lazuli.storage.watch;

import io.lazuli.storage.Lake;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Change;
import io.lazuli.storage.event.EventScope;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Which files in the watched folders everybody has heard of, so that nothing is told twice. It is kept from one start to the next; a
 * crash may take what the service itself did in the last moments. Thread-safe.
 */
public final class KnownFiles implements Consumer<Change> {
    private final Lake lake;
    private final MetadataStore metadata;
    private final Set<EventScope> scopes;
    private final Table<Version> versions;
    /** The scopes, as texts, of which all files that were there have been noted. */
    private final Table<Boolean> begun;
    /** Those that an earlier process began with. */
    private final Set<EventScope> resumed;

    /** Forgets what was known of files of which nobody wants to hear any more. */
    public KnownFiles(Lake lake, MetadataStore metadata, Set<EventScope> scopes) {
        this.lake = lake;
        this.metadata = metadata;
        this.scopes = Set.copyOf(scopes);
        this.versions = metadata.table("heard", Version.class);
        this.begun = metadata.table("heardScopes", Boolean.class);
        this.resumed = scopes.stream().filter(scope -> begun.has(text(scope))).collect(Collectors.toUnmodifiableSet());
        if (begun.keys("").size() != resumed.size() || !isResumed()) {
            metadata.changeLazily(this::forgetOthers);
        }
    }

    private static String text(EventScope scope) {
        return (scope.account() == null ? "*" : scope.account()) + "/" + (scope.container() == null ? "*" : scope.container())
            + "/" + scope.folder();
    }

    private void forgetOthers() {
        Set<String> wanted = resumed.stream().map(KnownFiles::text).collect(Collectors.toSet());
        begun.keys("").stream().filter(scope -> !wanted.contains(scope)).forEach(begun::remove);
        versions.keys("").stream().filter(key -> !holds(resumed, address(key))).forEach(versions::remove);
    }

    private static BlobAddress address(String key) {
        String[] parts = key.split("/", 3);
        return new BlobAddress(parts[0], parts[1], parts[2]);
    }

    private static boolean holds(Collection<EventScope> some, BlobAddress address) {
        return some.stream().anyMatch(scope -> scope.covers(address.account(), address.container()) && scope.holds(address.path()));
    }

    /** Whether no file is watched. */
    public boolean isEmpty() {
        return scopes.isEmpty();
    }

    Set<EventScope> scopes() {
        return scopes;
    }

    boolean isWatched(BlobAddress address) {
        return holds(scopes, address);
    }

    /** Whether all that is watched was watched before. */
    boolean isResumed() {
        return resumed.equals(scopes);
    }

    /** Whether a file was watched before, so that what has become of it since is news. */
    boolean isResumed(BlobAddress address) {
        return holds(resumed, address);
    }

    /** Says that all files which were there are noted. */
    void begin() {
        if (!isResumed()) {
            metadata.changeLazily(() -> scopes.forEach(scope -> begun.put(text(scope), true)));
        }
    }

    /** Notes a content that everybody has heard of. */
    void note(BlobAddress address, Version version) {
        if (isWatched(address) && !has(address, version)) {
            metadata.changeLazily(() -> versions.put(address.key(), version));
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
        List<String> below = versions.keys(address.key() + "/");
        if (!below.isEmpty() || has(address)) {
            metadata.changeLazily(() -> {
                below.forEach(versions::remove);
                versions.remove(address.key());
            });
        }
    }

    void forgetContainer(BlobAddress container) {
        metadata.changeLazily(() -> versions.removeAll(container.key()));
    }

    /** Notes what the service itself does, and what was told of others. */
    @Override
    public void accept(Change change) {
        if (scopes.isEmpty()) {
            return;
        }
        switch (change) {
            case Change.Written written -> note(written.address(), Version.of(written.record()));
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
                file -> note(address.withPath(file.path()), Version.of(file)));
        } else {
            lake.container(address.account(), address.container()).status(address.path())
                .ifPresent(file -> note(address, Version.of(file)));
        }
    }

    /** The files that are known in a folder and all below. */
    Set<BlobAddress> below(BlobAddress folder) {
        return beginning(folder.key() + "/");
    }

    /** All files that are known. */
    Set<BlobAddress> all() {
        return beginning("");
    }

    private Set<BlobAddress> beginning(String prefix) {
        return versions.keys(prefix).stream().map(KnownFiles::address).collect(Collectors.toCollection(HashSet::new));
    }
}
