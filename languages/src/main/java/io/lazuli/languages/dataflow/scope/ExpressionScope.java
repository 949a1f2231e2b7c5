package io.lazuli.languages.dataflow.scope;

import io.lazuli.algebra.expression.Expression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an expression can see.
 *
 * @param columns in order; two streams may bring the same name
 * @param parameters by name without {@code $}
 * @param locals by name without the colon
 * @param caches null where no cached sink can be read
 * @param rowState null where nothing is known of the row's state
 */
public record ExpressionScope(
    List<InputColumn> columns, Map<String, Expression> parameters, Map<String, Expression> locals, Optional<PatternMatch> pattern,
    RowContext rows, CachedSinks caches, RowState rowState) {
    public static final ExpressionScope EMPTY =
        new ExpressionScope(List.of(), Map.of(), Map.of(), Optional.empty(), RowContext.SINGLE_ROW, null, null);

    public ExpressionScope {
        columns = List.copyOf(columns);
        parameters = Map.copyOf(parameters);
        locals = Map.copyOf(locals);
    }

    /** The columns that came through a stream, all for an empty name; of several with one name that which left the stream last. */
    public List<InputColumn> columns(String stream) {
        if (stream.isEmpty()) {
            return columns;
        }
        Map<String, InputColumn> nearest = new LinkedHashMap<>();
        columns.stream().filter(column -> column.streams().contains(stream)).forEach(column -> nearest.merge(column.name(), column,
            (first, second) -> second.distance(stream) < first.distance(stream) ? second : first));
        return List.copyOf(nearest.values());
    }

    public ExpressionScope withColumns(List<InputColumn> others) {
        return new ExpressionScope(others, parameters, locals, pattern, rows, caches, rowState);
    }

    public ExpressionScope withParameters(Map<String, Expression> others) {
        return new ExpressionScope(columns, others, locals, pattern, rows, caches, rowState);
    }

    public ExpressionScope withLocal(String name, Expression value) {
        Map<String, Expression> all = new LinkedHashMap<>(locals);
        all.put(name, value);
        return new ExpressionScope(columns, parameters, all, pattern, rows, caches, rowState);
    }

    public ExpressionScope withPattern(PatternMatch match) {
        return new ExpressionScope(columns, parameters, locals, Optional.of(match), rows, caches, rowState);
    }

    public ExpressionScope withRows(RowContext other) {
        return new ExpressionScope(columns, parameters, locals, pattern, other, caches, rowState);
    }

    public ExpressionScope withCaches(CachedSinks others) {
        return new ExpressionScope(columns, parameters, locals, pattern, rows, others, rowState);
    }

    public ExpressionScope withRowState(RowState other) {
        return new ExpressionScope(columns, parameters, locals, pattern, rows, caches, other);
    }
}
