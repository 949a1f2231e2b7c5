package io.lazuli.storage.metadata;

import java.util.Locale;

/**
 * A container that was deleted and can be restored for a while.
 *
 * @param container as it was
 * @param file the name under which its folder is laid aside
 * @param deleted when, in microseconds since 1970
 * @param expires when it goes for good
 */
public record DeletedContainerRecord(ContainerRecord container, String file, long deleted, long expires, Stage stage) {
    private static final long MICROS_FROM_1601_TO_1970 = 11_644_473_600_000_000L;

    /** How far the deletion is, so that a crash is known to have been in between. */
    public enum Stage {
        /** Its folder may still be in its place. */
        LEAVING,
        /** Its folder is aside; what is known of its contents follows. */
        LEFT,
        KEPT,
        /** What is known of its contents comes back, and at last its folder. */
        RETURNING,
        /** Nobody can restore it; its files go. */
        REMOVING
    }

    /** Whether it can be restored for a while. */
    public boolean isKept() {
        return expires > deleted;
    }

    public DeletedContainerRecord with(Stage other) {
        return new DeletedContainerRecord(container, file, deleted, expires, other);
    }

    /** What tells it from others of its name: the time of the deletion, in tenths of microseconds since 1601. */
    public String version() {
        return String.format(Locale.ROOT, "%016X", (deleted + MICROS_FROM_1601_TO_1970) * 10);
    }
}
