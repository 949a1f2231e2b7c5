package io.lazuli.datafactory.check;

import io.lazuli.datafactory.workspace.Parameter;
import io.lazuli.datafactory.workspace.Pipeline;
import java.util.Map;
import java.util.Set;

/**
 * What the expressions of one place may read.
 *
 * @param pipeline null outside pipelines
 * @param all names of the pipeline's activities, ignoring case
 * @param upstream those of them that have ended before, ignoring case
 * @param item whether there is an {@code item()}
 * @param dataset the parameters behind {@code dataset()}, null outside datasets
 * @param linkedService the parameters behind {@code linkedService()}, null outside linked services
 * @param trigger whether there is a {@code trigger()}
 */
record ExpressionContext(
    Pipeline pipeline, Set<String> all, Set<String> upstream, boolean item, Map<String, Parameter> dataset,
    Map<String, Parameter> linkedService, boolean trigger) {

    static ExpressionContext ofPipeline(Pipeline pipeline, Set<String> all, Set<String> upstream, boolean item) {
        return new ExpressionContext(pipeline, all, upstream, item, null, null, false);
    }

    static ExpressionContext ofDataset(Map<String, Parameter> parameters) {
        return new ExpressionContext(null, Set.of(), Set.of(), false, parameters, null, false);
    }

    static ExpressionContext ofLinkedService(Map<String, Parameter> parameters) {
        return new ExpressionContext(null, Set.of(), Set.of(), false, null, parameters, false);
    }

    static ExpressionContext ofTrigger() {
        return new ExpressionContext(null, Set.of(), Set.of(), false, null, null, true);
    }

    /** Whether it is a place that an activity uses, and that sees what that activity sees. */
    boolean inherits() {
        return dataset != null || linkedService != null;
    }

    ExpressionContext withItem() {
        return new ExpressionContext(pipeline, all, upstream, true, dataset, linkedService, trigger);
    }

    ExpressionContext withUpstream(Set<String> names) {
        return new ExpressionContext(pipeline, all, names, item, dataset, linkedService, trigger);
    }
}
