package io.lazuli.storage.content;

import io.lazuli.storage.metadata.CopyRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;

/** Which blobs wait for the end of a copy, so that the next start finds those that an end of the service interrupted. Thread-safe. */
public final class PendingCopies {
    static final String TABLE = "copies";

    private final Blobs blobs;
    private final MetadataStore metadata;
    private final Table<String> pending;

    public PendingCopies(Blobs blobs, MetadataStore metadata) {
        this.blobs = blobs;
        this.metadata = metadata;
        this.pending = metadata.table(TABLE, String.class);
    }

    /** Notes a copy before it begins. */
    public void note(BlobAddress target, String id) {
        metadata.change(() -> pending.put(target.key(), id));
    }

    /** A copy has ended. */
    public void forget(BlobAddress target) {
        metadata.changeLazily(() -> pending.remove(target.key()));
    }

    /** Lets all copies fail that have begun: nobody goes on with them. */
    public void failAll() {
        for (String key : pending.keys("")) {
            String[] parts = key.split("/", 3);
            BlobAddress address = new BlobAddress(parts[0], parts[1], parts[2]);
            boolean waits = blobs.find(address).map(blob -> blob.record().copy())
                .filter(copy -> copy.status() == CopyRecord.Status.pending).isPresent();
            if (waits) {
                blobs.update(address, blob -> { }, record -> record.withCopy(record.copy().ended(CopyRecord.Status.failed,
                    "500 InternalError \"The service ended before the copy.\"")));
            }
            forget(address);
        }
    }
}
