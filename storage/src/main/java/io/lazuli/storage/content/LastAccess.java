package io.lazuli.storage.content;

import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.util.concurrent.TimeUnit;

/**
 * Notes down when blobs were read, for accounts that want it: once a day for each, and again after its tier was changed. What was noted a
 * moment before a crash may be lost. Callers hold the blob's lock. Thread-safe.
 */
final class LastAccess {
    private static final long PAUSE_MICROS = TimeUnit.DAYS.toMicros(1);

    private final MetadataStore metadata;
    private final Table<BlobEntry> entries;
    private final Accounts accounts;
    private final History history;

    LastAccess(MetadataStore metadata, Accounts accounts, History history) {
        this.metadata = metadata;
        this.accounts = accounts;
        this.history = history;
        this.entries = metadata.table("blobs", BlobEntry.class);
    }

    /** The blob that is being read, with the time; not one in the archive, whose content nobody gets. */
    Blob noted(Blob blob) {
        BlobRecord record = blob.record();
        if (blob.generation() != null || record.isArchived() || !accounts.of(blob.address().account()).lastAccessTime()) {
            return blob;
        }
        long now = history.now();
        Long last = record.lastAccess();
        boolean tiered = record.tierChanged() != null && last != null && record.tierChanged() > last;
        if (last != null && now - last < PAUSE_MICROS && !tiered) {
            return blob;
        }
        BlobRecord noted = record.withAccessed(now);
        metadata.changeLazily(() -> entries.put(blob.address().key(), new BlobEntry(noted, null)));
        return new Blob(blob.address(), noted, blob.file(), blob.lease());
    }

    /** When a content that is written now is taken as read, null when the account does not want to know. */
    Long ofNew(BlobAddress address, long stamp) {
        return accounts.of(address.account()).lastAccessTime() ? (Long) stamp : null;
    }
}
