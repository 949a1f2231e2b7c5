package io.lazuli.storage.query;

/** How a blob, or an answer, is rows. */
public sealed interface QueryFormat {
    /**
     * Delimited text.
     *
     * @param escape empty for doubled quotes
     */
    record Delimited(String columnSeparator, String quote, String recordSeparator, String escape, boolean headers) implements QueryFormat {
    }

    /** JSON documents. */
    record Json(String recordSeparator) implements QueryFormat {
    }

    /** A Parquet file. */
    record Parquet() implements QueryFormat {
    }
}
