package io.lazuli.storage.watch;

import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.event.EventScope;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where somebody wants to hear of files, and since when. It is kept from one start to the next. */
final class WatchedScopes {
    private final MetadataStore metadata;
    private final Set<EventScope> scopes;
    /** The scopes, as texts, of which all files that were there have been noted. */
    private final Table<Boolean> begun;
    /** When somebody began to listen to the others, in microseconds since 1970. */
    private final Table<Long> listening;
    /** Those that an earlier process began with. */
    private final Set<EventScope> resumed;

    WatchedScopes(MetadataStore metadata, Set<EventScope> scopes) {
        this.metadata = metadata;
        this.scopes = Set.copyOf(scopes);
        this.begun = metadata.table("heardScopes", Boolean.class);
        this.listening = metadata.table("heardSince", Long.class);
        this.resumed = scopes.stream().filter(scope -> begun.has(text(scope))).collect(Collectors.toUnmodifiableSet());
        forgetOthers();
        if (!isResumed()) {
            listen();
        }
    }

    private static String text(EventScope scope) {
        return (scope.account() == null ? "*" : scope.account()) + "/" + (scope.container() == null ? "*" : scope.container())
            + "/" + scope.folder();
    }

    private static Set<String> texts(Set<EventScope> some) {
        return some.stream().map(WatchedScopes::text).collect(Collectors.toSet());
    }

    private void forgetOthers() {
        Set<String> wanted = texts(scopes);
        metadata.changeLazily(() -> List.of(begun, listening).forEach(
            table -> table.keys("").stream().filter(scope -> !wanted.contains(scope)).forEach(table::remove)));
    }

    /** An earlier process that has not noted all that was there may have begun before this one. */
    private void listen() {
        long now = 1 + ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        metadata.change(() -> scopes.stream().filter(scope -> !resumed.contains(scope) && !listening.has(text(scope)))
            .forEach(scope -> listening.put(text(scope), now)));
    }

    /** Says that all files which were there are noted. */
    void begin() {
        if (!isResumed()) {
            metadata.changeLazily(() -> texts(scopes).forEach(scope -> {
                begun.put(scope, true);
                listening.remove(scope);
            }));
        }
    }

    Set<EventScope> all() {
        return scopes;
    }

    private static boolean holds(Collection<EventScope> some, BlobAddress address) {
        return some.stream().anyMatch(scope -> scope.covers(address.account(), address.container()) && scope.holds(address.path()));
    }

    private static boolean concerns(EventScope scope, BlobAddress folder) {
        return scope.covers(folder.account(), folder.container()) && scope.concerns(folder.path());
    }

    /** Whether a file is watched. */
    boolean holds(BlobAddress file) {
        return holds(scopes, file);
    }

    /** Whether files in a folder, or in one below, are watched. */
    boolean concerns(BlobAddress folder) {
        return scopes.stream().anyMatch(scope -> concerns(scope, folder));
    }

    /** Whether all that is watched was watched before. */
    boolean isResumed() {
        return resumed.equals(scopes);
    }

    /** Whether a file was watched before, so that what has become of it since is news. */
    boolean isResumed(BlobAddress address) {
        return holds(resumed, address);
    }

    /** When somebody began to listen to what a file or folder has to do with; empty for one that was watched before. */
    Optional<Instant> beganToListen(BlobAddress address) {
        if (isResumed(address)) {
            return Optional.empty();
        }
        return scopes.stream().filter(scope -> concerns(scope, address)).map(scope -> listening.get(text(scope)))
            .filter(Objects::nonNull).min(Comparator.naturalOrder()).map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }
}
