package io.lazuli.languages.dataflow.transform;

/** {@code select(mapColumn(id, name = title, each(match(true()))))}: the columns that stay, under new names. */
final class SelectTransformation {
    private SelectTransformation() {
    }

    static FlowStream apply(Arguments arguments, FlowStream input) {
        Scope scope = Scope.of(arguments.context(), input);
        return input.select(arguments.part("mapColumn")
            .map(map -> ColumnMapping.outputs(map, arguments, scope, input.visible()))
            .orElseGet(() -> ColumnMapping.all(arguments, scope, input.visible())));
    }
}
