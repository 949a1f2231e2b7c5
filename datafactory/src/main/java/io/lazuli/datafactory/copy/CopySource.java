package io.lazuli.datafactory.copy;

import java.util.Optional;

/** Where a copy reads. Whoever opened it closes it. */
interface CopySource extends AutoCloseable {
    /** All rows in one plan; empty when there is nothing to read at all, such as no file. */
    Optional<SourceRows> rows();

    /** The counts with what reading moves: bytes and files. */
    CopyCounts measured(CopyCounts counts);

    /** The linked service's type, for the output's {@code executionDetails}. */
    String connector();

    /** The table that is read as a whole, whose name a file gets that the sink leaves unnamed. */
    default Optional<String> table() {
        return Optional.empty();
    }

    /** How many rows could not be read and were left out. */
    default long unreadable() {
        return 0;
    }

    @Override
    default void close() {
    }
}
