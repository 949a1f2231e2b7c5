package io.lazuli.storage.content;

import io.lazuli.storage.Lake;
import io.lazuli.storage.metadata.MetadataStore;
import java.util.function.Consumer;

/**
 * What all that is done to blobs works with.
 *
 * @param changes is told of what was written, deleted, or moved to another tier
 */
record BlobContext(
        BlobFiles files, Lake lake, MetadataStore metadata, Locks locks, Consumer<Change> changes, History history, Accounts accounts,
        Unfinished unfinished) {
}
