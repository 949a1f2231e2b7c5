package io.lazuli.storage.content;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.MetadataStore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes files whose time has come, as whoever deletes them would. Thread-safe. */
public final class Expiries {
    private static final Logger LOG = LoggerFactory.getLogger(Expiries.class);

    private final Blobs blobs;
    private final Locks locks;
    private final MetadataStore metadata;
    private final ExpiryIndex index;

    public Expiries(Blobs blobs, History history, Locks locks, MetadataStore metadata) {
        this.blobs = blobs;
        this.locks = locks;
        this.index = history.expiring();
        this.metadata = metadata;
    }

    /** When it returns, no file is there that has expired before it was called. */
    public void remove() {
        long now = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        index.sweep(now, key -> remove(key, now));
    }

    private void remove(String key, long now) {
        String[] parts = key.split("/", 3);
        BlobAddress address = new BlobAddress(parts[0], parts[1], parts[2]);
        if (locks.isClosed(address)) {
            // All requests would wait, also those for other containers; the next sweep comes after it.
            return;
        }
        try {
            locks.withBlob(address, () -> {
                Long moment = blobs.find(address).map(blob -> blob.record().expires()).orElse(null);
                boolean ended = moment != null && moment <= now;
                if (ended) {
                    blobs.delete(address, blob -> { }, Blobs.Snapshots.INCLUDE);
                }
                metadata.changeLazily(() -> index.note(key, ended ? null : moment));
                return null;
            });
        } catch (ServiceFailure kept) {
            // By a policy or a hold, which ends some day.
            LOG.debug("{}, which has expired, stays: {}", key, kept.getMessage());
        } catch (LazuliException failure) {
            // The request that comes at that moment is about something else.
            LOG.warn("Cannot remove {}, which has expired; it will be tried again", key, failure);
        }
    }
}
