package io.lazuli.foundation;

/**
 * What went wrong, as one stable name that every protocol translates in one table.
 *
 * <p>Codes of one area are the constants of an enum that implements this interface.
 */
public interface ErrorCode {
    /** The name that users see and search for, such as {@code COLUMN_NOT_FOUND}. */
    String name();

    Category category();

    /** Who can do something about it. */
    enum Category {
        /** The artifact, the input or the call is wrong: the user changes it. */
        USER,
        /** Something outside answered wrongly or not at all: a server, a database, a file system. */
        EXTERNAL,
        /** Memory, disk or time ran out. */
        RESOURCES,
        /** A mistake of this program. */
        INTERNAL
    }
}
