package io.lazuli.languages.dataflow.transform;

import java.util.List;

/** The meaning of a transformation that gives one stream. */
@FunctionalInterface
interface Transformation {
    /** The rows that it makes of its inputs, of which the first has number 0. */
    FlowStream apply(Arguments arguments, List<FlowStream> inputs);

    /** A transformation of one input. */
    interface OfOne {
        FlowStream apply(Arguments arguments, FlowStream input);
    }

    static Transformation of(OfOne transformation) {
        return (arguments, inputs) -> transformation.apply(arguments, inputs.getFirst());
    }
}
