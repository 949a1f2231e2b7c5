package io.lazuli.languages.queryacceleration;

/** What a blob's fields are called by. */
public enum Input {
    /** Text with names in its first row; fields have numbers too. */
    TEXT_WITH_NAMES,
    /** Text whose fields have numbers only: {@code _1}, {@code _2}, …. */
    TEXT,
    /** JSON documents, each of which may lack fields. */
    DOCUMENTS,
    /** A file that says what columns it has. */
    COLUMNS
}
