package io.lazuli.storage.authorisation;

/** What access lists are asked for. */
enum PathRight {
    /** To know that it is there, and its properties. */
    STAT,
    READ,
    /** To see what is in a directory. */
    LIST,
    /** To change a file's content or properties. */
    WRITE,
    /** To make a file or directory. */
    CREATE,
    /** To put one in the place of what is there. */
    REPLACE,
    DELETE,
    /** To say whom something new belongs to. */
    OWN,
    /** To change owner, group or permissions. */
    CHANGE_ACCESS,
    /** To change the permissions of all below. */
    CHANGE_ACCESS_BELOW,
    /** To be told whether certain rights are given. */
    CHECK
}
