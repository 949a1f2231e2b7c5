package io.lazuli.storage.content;

import io.lazuli.storage.metadata.BlobRecord;

/**
 * What has become of a blob or directory. Whoever hears of it is told when the change is durable and the path is still locked, so that the
 * changes of one path come in the order in which they were made.
 */
public sealed interface Change {
    /** What was changed; for a rename where it is now. */
    BlobAddress address();

    /** A blob has new content. */
    record Written(BlobAddress address, BlobRecord record) implements Change {
    }

    record TierChanged(BlobAddress address, BlobRecord record) implements Change {
    }

    /** {@code record} as it was before. */
    record Deleted(BlobAddress address, BlobRecord record) implements Change {
    }

    record DirectoryCreated(BlobAddress address) implements Change {
    }

    record DirectoryDeleted(BlobAddress address, boolean recursive) implements Change {
    }

    record Renamed(BlobAddress from, BlobAddress address, boolean directory) implements Change {
    }
}
