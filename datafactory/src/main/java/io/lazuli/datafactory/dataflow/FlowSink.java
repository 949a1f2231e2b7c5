package io.lazuli.datafactory.dataflow;

import java.nio.file.Path;

/** A place that takes the rows of a sink, all or none, but for those that publish them in parts. */
interface FlowSink {
    /** Writes the rows and gives their number. */
    long write(SinkInput input);

    /** Whether rows were written for good, though the writing failed afterwards. */
    default boolean hasPublished() {
        return false;
    }

    /** Whether this sink may replace, change or remove a file. */
    boolean mayWrite(Path file);
}
