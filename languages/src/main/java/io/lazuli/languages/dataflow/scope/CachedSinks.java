package io.lazuli.languages.dataflow.scope;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.foundation.Place;
import java.util.List;

/** What cached sinks hold, for {@code sink#lookup(key)} and its relatives. */
@FunctionalInterface
public interface CachedSinks {
    /**
     * The row ({@code lookup}, {@code output}: a structure, null when there is none) or rows ({@code mlookup}, {@code outputs}: an array).
     *
     * @param keys as many as the sink has key columns; none for {@code output} and {@code outputs}
     */
    Expression rows(String sink, String form, List<Expression> keys, Place at);
}
