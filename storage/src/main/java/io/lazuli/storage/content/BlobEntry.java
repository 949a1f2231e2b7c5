package io.lazuli.storage.content;

import io.lazuli.storage.metadata.BlobRecord;

/**
 * The stored records of one path. A new content's record is durable before its file takes its place, so that there are two for a moment,
 * and after a crash at that moment for longer; the file tells by its size and time which one holds.
 *
 * @param extended the next content comes to be in the file of the current one, which holds until the file has the size and time of the
 *     next
 */
record BlobEntry(BlobRecord current, BlobRecord next, boolean extended) {
    BlobEntry(BlobRecord current, BlobRecord next) {
        this(current, next, false);
    }

    /** The record that speaks of a file with that size and time, null when none does. */
    BlobRecord matching(long size, long stamp) {
        if (next != null && next.size() == size && next.stamp() == stamp) {
            return next;
        }
        return current != null && current.size() == size && current.stamp() == stamp ? current : null;
    }

    /** The same while the next content is being written: a file on its way to it has the current record. */
    BlobRecord whileWriting(long size, long stamp) {
        BlobRecord exact = matching(size, stamp);
        return exact == null && isGrowing(size) ? current : exact;
    }

    /** Whether a file of that size may be on the way from the current content to the next. */
    boolean isGrowing(long size) {
        return extended && size >= Math.min(current.size(), next.size()) && size <= Math.max(current.size(), next.size());
    }
}
