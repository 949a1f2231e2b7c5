package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Expressions;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.transform.FlowColumn.Output;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rows grouped by keys; other columns are expressions of aggregates and keys. */
final class GroupedColumns {
    private final Plan input;
    private final List<Output> keys;
    private final List<Output> outputs = new ArrayList<>();
    private final Map<Expression, String> keyFields = new LinkedHashMap<>();
    private final Map<AggregateCall, String> aggregates = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    GroupedColumns(Plan input, List<Output> keys) {
        this.input = input;
        this.keys = keys;
        for (Output key : keys) {
            keyFields.putIfAbsent(key.expression(), FlowStream.unique(key.name(), taken));
        }
    }

    /** Adds a column, which was bound over the rows of a group. */
    void add(String name, Expression expression, Place at) {
        outputs.add(Output.of(name, Expressions.replace(expression, part -> part(part, at))));
    }

    private Optional<Expression> part(Expression part, Place at) {
        if (part instanceof AggregateCall call) {
            String field = aggregates.computeIfAbsent(call, _ -> FlowStream.unique("aggregate", taken));
            return Optional.of(new ColumnReference(field, call.type()));
        }
        if (keyFields.containsKey(part)) {
            return Optional.of(new ColumnReference(keyFields.get(part), part.type()));
        }
        if (part instanceof ColumnReference column) {
            throw failure(AlgebraError.TYPE_MISMATCH, at, "Column '%s' is neither grouped by nor within an aggregate such as sum or first",
                column.name());
        }
        return Optional.empty();
    }

    /** The keys, then the columns added. */
    FlowStream stream() {
        List<NamedExpression> grouped = keyFields.entrySet().stream()
            .map(key -> new NamedExpression(key.getValue(), key.getKey())).toList();
        List<NamedExpression> computed = aggregates.entrySet().stream()
            .map(aggregate -> new NamedExpression(aggregate.getValue(), aggregate.getKey())).toList();
        List<Output> all = new ArrayList<>(keys.stream().map(key -> new Output(key.name(),
            new ColumnReference(keyFields.get(key.expression()), key.expression().type()), key.streams(), key.drifted())).toList());
        all.addAll(outputs);
        return FlowStream.project(new Aggregate(input, grouped, computed), all);
    }
}
