package io.lazuli.storage.content;

import io.lazuli.storage.metadata.BlobRecord;

/**
 * The stored records of one path. A new content's record is durable before its file takes its place, so that there are two for a moment,
 * and after a crash at that moment for longer; the file tells by its size and time which one holds.
 */
record BlobEntry(BlobRecord current, BlobRecord next) {
    /** The record that speaks of a file with that size and time, null when none does. */
    BlobRecord matching(long size, long stamp) {
        if (next != null && next.size() == size && next.stamp() == stamp) {
            return next;
        }
        return current != null && current.size() == size && current.stamp() == stamp ? current : null;
    }
}
