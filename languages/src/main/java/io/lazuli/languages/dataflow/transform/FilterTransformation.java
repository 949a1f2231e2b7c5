package io.lazuli.languages.dataflow.transform;

import io.lazuli.algebra.plan.Filter;

/** {@code filter(year > 1980)}: the rows for which the condition is true, not null. */
final class FilterTransformation {
    private FilterTransformation() {
    }

    static FlowStream apply(Arguments arguments, FlowStream input) {
        return input.over(new Filter(input.plan(), Scope.of(arguments.context(), input).condition(arguments.condition())));
    }
}
