package io.lazuli.datafactory.connector.delta;

import java.util.List;
import java.util.Optional;

/**
 * How rows come into a table.
 *
 * @param mergeSchema whether columns that the table has not are added to it
 * @param partitionColumns of a table that is made, or made anew; a table that is there keeps its own
 * @param codec {@code gzip}, else the files are compressed with Snappy
 * @param merge how rows meet those of the table by keys; without it all are added
 */
public record DeltaWrite(Mode mode, boolean mergeSchema, List<String> partitionColumns, String codec, Optional<DeltaMerge> merge) {
    /** What becomes of the rows that a table has. */
    public enum Mode {
        /** They stay, unless a merge changes them. */
        APPEND,
        /** They go, and the columns become those of the new rows. */
        OVERWRITE,
        /** They go, the columns stay. */
        TRUNCATE
    }

    public DeltaWrite {
        partitionColumns = List.copyOf(partitionColumns);
    }

    /**
     * What a write did.
     *
     * @param rows inserted, updated and deleted
     */
    public record Result(long version, long rows) {
    }
}
