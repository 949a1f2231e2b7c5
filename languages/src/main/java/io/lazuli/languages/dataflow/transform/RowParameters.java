package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parameters that are expressions over the columns where they are referred to, and whether these columns were there. */
final class RowParameters {
    private final Map<String, FlowExpression.TypeHint> values;
    private final Set<String> found = new HashSet<>();
    private final Map<String, LazuliException> missing = new LinkedHashMap<>();

    RowParameters(Map<String, FlowExpression.TypeHint> values) {
        this.values = Map.copyOf(values);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The expression in the parameter's type. */
    FlowExpression.TypeHint value(String name) {
        return values.get(name);
    }

    /** A transformation that refers to the parameter has its columns. */
    void found(String name) {
        found.add(name);
    }

    /** A transformation that refers to the parameter lacks one of its columns. */
    void missing(FlowExpression.Parameter parameter, LazuliException column) {
        missing.putIfAbsent(parameter.name(), failure(column.code(), parameter.at(),
            "Parameter '$%s' is %s, and nothing that refers to it has its columns: %s", parameter.name(),
            value(parameter.name()).value(), column.getMessage()));
    }

    /** For each parameter that was referred to, and nowhere with its columns, the first that was missing. */
    List<LazuliException> nowhere() {
        return missing.entrySet().stream().filter(entry -> !found.contains(entry.getKey())).map(Map.Entry::getValue).toList();
    }
}
