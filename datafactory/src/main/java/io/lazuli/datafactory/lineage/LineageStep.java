package io.lazuli.datafactory.lineage;

import io.lazuli.algebra.lineage.Lineage;
import java.util.List;

/**
 * One activity or data flow.
 *
 * @param pipeline the pipeline of an activity, empty for a data flow by itself
 * @param type the activity's type, or {@code DataFlow}
 * @param targets what it writes; none when nothing is known of what it does
 */
public record LineageStep(String pipeline, String name, String type, List<Target> targets) {
    /** The column that stands for all columns, each under its own name. */
    public static final String ALL = "*";

    public LineageStep {
        targets = List.copyOf(targets);
    }

    /**
     * What is written to a dataset; the lineage's sources are datasets.
     *
     * @param sink the name of a data flow's sink, or of the activity
     */
    public record Target(String sink, String dataset, Lineage lineage) {
    }
}
