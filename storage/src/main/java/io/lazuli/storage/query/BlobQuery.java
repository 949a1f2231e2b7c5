package io.lazuli.storage.query;

import java.nio.file.Path;
import java.util.List;

/** Runs queries over files; who composes the services implements it. Thread-safe. */
public interface BlobQuery {
    /**
     * Begins a query.
     *
     * @param name what messages call the file
     * @throws io.lazuli.foundation.LazuliException when the text is no query for this file, or the file is not what its format says
     */
    Rows open(Path file, String name, QueryRequest request);

    /** A column of the answer; {@code json} when its values are JSON texts. */
    record Column(String name, boolean json) {
    }

    /** The rows of an answer, one after another; the caller closes them. */
    interface Rows extends AutoCloseable {
        /** None when the blob is not what its format says, as {@link #next} tells. */
        List<Column> columns();

        /** The fields that the query names by numbers beyond the last. */
        List<String> missingOrdinals();

        /** Moves to the next row; false after the last. */
        boolean next();

        /** A value of the row: a text, number, truth value or time, or null. */
        Object value(int column);

        @Override
        void close();
    }
}
