package io.lazuli.algebra.engine;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.source.TableName;
import java.util.List;

/** Sets columns of the rows for which the condition is true; expressions see the table's columns as they were. */
public record UpdateRows(TableName table, List<NamedExpression> assignments, Expression condition) implements Command {
    public UpdateRows {
        assignments = List.copyOf(assignments);
    }
}
