package io.lazuli.storage.query;

import java.util.List;

/** How a blob, or an answer, is rows. */
public sealed interface QueryFormat {
    /** What a blob may be. */
    sealed interface Input extends QueryFormat {
    }

    /** What an answer may be. */
    sealed interface Output extends QueryFormat {
    }

    /**
     * Delimited text.
     *
     * @param escape empty for doubled quotes
     */
    record Delimited(String columnSeparator, String quote, String recordSeparator, String escape, boolean headers)
        implements Input, Output {
    }

    /** JSON documents. */
    record Json(String recordSeparator) implements Input, Output {
    }

    /** A Parquet file. */
    record Parquet() implements Input {
    }

    /** A stream in Apache Arrow's format for interprocess communication, with a field for each column of the query. */
    record Arrow(List<ArrowField> fields) implements Output {
        public Arrow {
            fields = List.copyOf(fields);
        }
    }
}
