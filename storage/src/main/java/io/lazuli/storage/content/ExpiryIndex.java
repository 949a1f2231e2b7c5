package io.lazuli.storage.content;

import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Which blobs end by themselves, and when, in microseconds since 1970. An entry is a hint: the blob itself says when it ends. Thread-safe.
 */
final class ExpiryIndex {
    static final String TABLE = "expiring";
    /** What cannot be removed is tried again after a while. */
    private static final long PAUSE_MICROS = TimeUnit.MINUTES.toMicros(1);

    private final Table<Long> moments;
    private final AtomicLong first = new AtomicLong(Long.MIN_VALUE);
    private final ReentrantLock sweeps = new ReentrantLock();

    ExpiryIndex(MetadataStore metadata) {
        this.moments = metadata.table(TABLE, Long.class);
    }

    /** Keeps a blob's hint in step with its entry; called within a change of the metadata. */
    void note(String key, BlobEntry entry) {
        note(key, Stream.of(entry.current(), entry.next()).filter(Objects::nonNull).map(BlobRecord::expires).filter(Objects::nonNull)
            .min(Long::compare).orElse(null));
    }

    /** The same for what is known to end at a moment, null for never. */
    void note(String key, Long moment) {
        if (moment != null) {
            moments.put(key, moment);
            first.accumulateAndGet(moment, Math::min);
        } else if (moments.has(key)) {
            moments.remove(key);
        }
    }

    /** Removes what ends until now. Costs nothing while nothing does; who comes during a removal waits for its end. */
    void sweep(long now, Consumer<String> remove) {
        if (first.get() > now) {
            return;
        }
        sweeps.lock();
        try {
            if (first.get() <= now) {
                moments.keys("").stream().filter(key -> isDue(key, now)).forEach(remove);
                first.set(Long.MAX_VALUE);
                moments.keys("").stream().filter(key -> !History.isParked(key)).map(moments::get).filter(Objects::nonNull)
                    .forEach(moment -> first.accumulateAndGet(moment <= now ? now + PAUSE_MICROS : moment, Math::min));
            }
        } finally {
            sweeps.unlock();
        }
    }

    private boolean isDue(String key, long now) {
        Long moment = moments.get(key);
        return moment != null && moment <= now && !History.isParked(key);
    }

    /** The next sweep looks at all. */
    void lookAgain() {
        first.set(Long.MIN_VALUE);
    }
}
