package io.lazuli.storage.metadata;

/**
 * Where a blob was copied from, and how the copy went.
 *
 * @param status null for a copy that succeeded
 * @param bytes that have arrived
 * @param total of the source
 * @param completedMicros null while it is pending
 * @param description why it failed, else null
 */
public record CopyRecord(String id, String source, Status status, long bytes, long total, Long completedMicros, String description) {
    /** How a copy is, in Azure's words. */
    public enum Status { pending, success, aborted, failed }

    public CopyRecord {
        status = status == null ? Status.success : status;
    }

    /** A copy that begins. */
    public static CopyRecord begun(String id, String source, long total) {
        return new CopyRecord(id, source, Status.pending, 0, total, null, null);
    }

    /** The same copy with that many bytes there. */
    public CopyRecord arrived(long arrived) {
        return new CopyRecord(id, source, status, arrived, total, completedMicros, description);
    }

    /** The same copy with all bytes there. */
    public CopyRecord succeeded(long size) {
        return new CopyRecord(id, source, Status.success, size, size, EntityTag.now(), null);
    }

    /** The same copy without its end. */
    public CopyRecord ended(Status how, String reason) {
        return new CopyRecord(id, source, how, bytes, total, EntityTag.now(), reason);
    }

    public boolean isPending(String copyId) {
        return status == Status.pending && id.equals(copyId);
    }
}
