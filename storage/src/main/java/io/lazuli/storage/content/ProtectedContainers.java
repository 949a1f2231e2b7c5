package io.lazuli.storage.content;

import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContainerProtection;
import io.lazuli.storage.metadata.ContainerRecord;
import io.lazuli.storage.metadata.CopyRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.util.concurrent.TimeUnit;

/** What the policies and legal holds of containers forbid to be done to their blobs. Thread-safe. */
final class ProtectedContainers {
    private final Table<ContainerRecord> records;

    ProtectedContainers(MetadataStore metadata) {
        records = metadata.table("containers", ContainerRecord.class);
    }

    /** Of a container, by its key. */
    ContainerProtection of(String containerKey) {
        ContainerRecord record = records.get(containerKey);
        return record == null ? ContainerProtection.NONE : record.protection();
    }

    /** Fails while a legal hold is there or the time of the blob has not come. */
    void requireDeletable(BlobAddress address, BlobRecord blob) {
        ContainerProtection protection = of(address.containerKey());
        if (!protection.holds().isEmpty()) {
            throw ImmutableBlobs.dueToHold();
        }
        if (protection.days() > 0 && protection.until(blob) > TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis())) {
            throw ImmutableBlobs.dueToPolicy();
        }
    }

    /** Fails when there is a legal hold or a policy: that which is over still lets nothing be changed. */
    void requireChangeable(BlobAddress address, BlobRecord blob) {
        boolean unfinished = blob.copy() != null && blob.copy().status() == CopyRecord.Status.pending;
        ContainerProtection protection = of(address.containerKey());
        if (protection.protects() && !unfinished) {
            throw refused(protection);
        }
    }

    /** The same for what grows only. */
    void requireGrowing(BlobAddress address, BlobRecord blob) {
        ContainerProtection protection = of(address.containerKey());
        boolean held = !protection.holds().isEmpty() && !protection.holdAppends();
        if (held || !protection.mayGrow(blob)) {
            throw refused(protection);
        }
    }

    static ServiceFailure refused(ContainerProtection protection) {
        return protection.holds().isEmpty() ? ImmutableBlobs.dueToPolicy() : ImmutableBlobs.dueToHold();
    }
}
