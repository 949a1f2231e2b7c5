package io.lazuli.storage.metadata;

/**
 * What is known of a content that is not the current one of its blob: a snapshot, an earlier version, or what was deleted. Its bytes are
 * in a file aside; a record without its file says nothing.
 *
 * @param file its name among the files that are kept
 * @param record as it was when the content was current; null for a directory
 * @param deleted when it was deleted, in microseconds since 1970; null when it was not
 * @param expires when a deleted one goes for good, in microseconds since 1970
 * @param access who might use a file of a hierarchical account when it was deleted; null for all else
 */
public record KeptRecord(Kind kind, String file, BlobRecord record, Long deleted, Long expires, AccessRecord access) {
    /** What became of a content. */
    public enum Kind {
        /** It was copied when a client wanted so. */
        SNAPSHOT,
        /** It was overwritten or deleted in an account with versions. */
        VERSION,
        /** It was the current one when the blob or directory was deleted. */
        DELETED
    }

    public static KeptRecord of(Kind kind, String file, BlobRecord record) {
        return new KeptRecord(kind, file, record, null, null, null);
    }

    public KeptRecord withKind(Kind other) {
        return new KeptRecord(other, file, record, deleted, expires, access);
    }

    /** Deleted at one time, to go at another; null for both restores it. */
    public KeptRecord withDeletion(Long deleted, Long expires) {
        return new KeptRecord(kind, file, record, deleted, expires, access);
    }

    public KeptRecord withRecord(BlobRecord record) {
        return new KeptRecord(kind, file, record, deleted, expires, access);
    }

    public KeptRecord withAccess(AccessRecord access) {
        return new KeptRecord(kind, file, record, deleted, expires, access);
    }

    public boolean isDirectory() {
        return record == null;
    }
}
