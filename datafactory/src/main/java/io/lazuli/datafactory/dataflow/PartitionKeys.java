package io.lazuli.datafactory.dataflow;

import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.transform.Arguments;
import java.util.ArrayList;
import java.util.List;

/** The columns of {@code partitionBy('key', 0, year, byName($column))}; none for other kinds of partitions. */
final class PartitionKeys {
    private PartitionKeys() {
    }

    static List<String> of(Arguments arguments) {
        List<String> keys = new ArrayList<>();
        for (FlowExpression argument : arguments.statement().arguments()) {
            if (argument instanceof FlowExpression.Call call && call.name().equals("partitionBy") && are(call)) {
                call.arguments().forEach(key -> add(key, arguments, keys));
            }
        }
        return keys;
    }

    /** Whether a {@code partitionBy} is of that kind. */
    static boolean are(FlowExpression.Call partitionBy) {
        return !partitionBy.arguments().isEmpty()
            && partitionBy.arguments().getFirst() instanceof FlowExpression.Constant(Object kind, var _) && "key".equals(kind);
    }

    private static void add(FlowExpression key, Arguments arguments, List<String> keys) {
        if (key instanceof FlowExpression.Column column) {
            keys.add(column.name());
        } else if (key instanceof FlowExpression.Call call && call.name().equals("byName") && !call.arguments().isEmpty()) {
            String name = String.valueOf(arguments.context().constant(call.arguments().getFirst()));
            if (!name.isBlank()) {
                keys.add(name);
            }
        }
    }
}
