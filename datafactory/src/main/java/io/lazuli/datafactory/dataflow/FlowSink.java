package io.lazuli.datafactory.dataflow;

/** A place that takes the rows of a sink, all or none. */
interface FlowSink {
    /** Writes the rows and gives their number. */
    long write(SinkInput input);
}
