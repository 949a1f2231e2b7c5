package io.lazuli.languages.dataflow.scope;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.plan.SortKey;
import java.util.List;
import java.util.Optional;

/** Which rows an expression sees at once. */
public sealed interface RowContext {
    /** One row at a time: aggregates and window functions are refused. */
    record SingleRow() implements RowContext {
    }

    /** The rows of a group: aggregates are aggregate calls. */
    record Group() implements RowContext {
    }

    /** The rows of a window: aggregates and window functions are window calls over it. */
    record Window(List<Expression> partitionBy, List<SortKey> orderBy, Optional<WindowCall.Frame> frame) implements RowContext {
    }

    RowContext SINGLE_ROW = new SingleRow();
    RowContext GROUP = new Group();
}
