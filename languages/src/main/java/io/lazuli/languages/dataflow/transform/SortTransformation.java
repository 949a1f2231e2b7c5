package io.lazuli.languages.dataflow.transform;

import io.lazuli.algebra.plan.Sort;

/** {@code sort(desc(price, false), asc(name, true), caseInsensitive: true)}: the rows in order; the second word puts nulls first. */
final class SortTransformation {
    private SortTransformation() {
    }

    static FlowStream apply(Arguments arguments, FlowStream input) {
        return input.over(new Sort(input.plan(), SortKeys.required(arguments, Scope.of(arguments.context(), input))));
    }
}
