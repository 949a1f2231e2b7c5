package io.lazuli.storage.watch;

import io.lazuli.storage.content.BlobAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/** Files that have changed and of which nobody was told yet. Used by one thread at a time. */
final class RestlessFiles {
    static final Duration QUIET = Duration.ofMillis(400);
    /** How long what could not be told waits first; twice as long each time it fails again. */
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 16;

    /** What was last seen of a file; {@code version} is null when it was not there. */
    private record Seen(Version version, long since, int failures) {
    }

    private final LongSupplier nanoTime;
    /** The longest unchanged ones first. */
    private final Map<BlobAddress, Seen> changed = new LinkedHashMap<>();
    private final Map<BlobAddress, Seen> untold = new LinkedHashMap<>();

    RestlessFiles(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Notes how a file is now, null for not there; true when it was so before. */
    boolean note(BlobAddress address, Version version) {
        Seen before = changed.getOrDefault(address, untold.get(address));
        if (before != null && Objects.equals(before.version(), version)) {
            return true;
        }
        untold.remove(address);
        put(address, version, 0);
        return false;
    }

    private void put(BlobAddress address, Version version, int failures) {
        changed.remove(address);
        changed.put(address, new Seen(version, nanoTime.getAsLong(), failures));
    }

    /** Those that have been unchanged for a while, as far as is known, and are to be told; not more than so many. */
    List<BlobAddress> quiet(int most) {
        long now = nanoTime.getAsLong();
        List<BlobAddress> due = new ArrayList<>();
        for (Map.Entry<BlobAddress, Seen> file : changed.entrySet()) {
            if (now - file.getValue().since() < QUIET.toNanos() || due.size() == most) {
                break;
            }
            due.add(file.getKey());
        }
        untold.forEach((address, seen) -> {
            if (due.size() < most && now - seen.since() >= pause(seen.failures())) {
                due.add(address);
            }
        });
        return due;
    }

    private static long pause(int failures) {
        return Math.min(LONGEST_PAUSE.toNanos(), FIRST_PAUSE.toNanos() << Math.min(failures - 1, MOST_DOUBLINGS));
    }

    /** Waits for a file to be quiet once more. */
    void again(BlobAddress address) {
        Seen seen = untold.getOrDefault(address, changed.get(address));
        untold.remove(address);
        put(address, seen.version(), seen.failures());
    }

    /** Tries a file again that could not be told, after a pause. */
    void failed(BlobAddress address, Version version) {
        Seen before = untold.getOrDefault(address, changed.get(address));
        changed.remove(address);
        untold.put(address, new Seen(version, nanoTime.getAsLong(), before == null ? 1 : before.failures() + 1));
    }

    void remove(BlobAddress address) {
        changed.remove(address);
        untold.remove(address);
    }
}
