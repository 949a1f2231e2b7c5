package io.lazuli.datafactory.copy;

/** Where a copy writes. */
interface CopySink {
    /** Writes the source's rows, wholly or not at all, and gives the counts with what it moved. */
    CopyCounts write(CopyJob job, CopySource source, CopyCounts counts);

    /** The linked service's type, for the output's {@code executionDetails}. */
    String connector();
}
