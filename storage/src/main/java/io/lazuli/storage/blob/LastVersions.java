package io.lazuli.storage.blob;

import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.History;
import io.lazuli.storage.content.Kept;
import io.lazuli.storage.metadata.KeptRecord.Kind;

/** The last versions of blobs of which there are versions only, for one list, which shows what there is of a blob in one go. */
final class LastVersions {
    private final Blobs blobs;
    private final History history;
    private BlobAddress address;
    private String last;

    LastVersions(Blobs blobs, History history) {
        this.blobs = blobs;
        this.history = history;
    }

    /** Whether it is the last version of a blob of which there are versions only. */
    boolean contain(Kept kept) {
        if (kept.record().kind() != Kind.VERSION) {
            return false;
        }
        if (!kept.address().equals(address)) {
            address = kept.address();
            last = blobs.find(address).isPresent() ? null
                : history.of(address).stream().filter(other -> other.record().kind() == Kind.VERSION)
                    .reduce((one, later) -> later).map(Kept::id).orElse(null);
        }
        return kept.id().equals(last);
    }
}
