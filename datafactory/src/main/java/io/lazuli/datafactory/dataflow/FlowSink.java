package io.lazuli.datafactory.dataflow;

import java.nio.file.Path;

/** A place that takes the rows of a sink, all or none. */
interface FlowSink {
    /** Writes the rows and gives their number. */
    long write(SinkInput input);

    /** Whether this sink may replace, change or remove a file. */
    boolean mayWrite(Path file);
}
