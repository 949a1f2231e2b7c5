package io.lazuli.algebra.engine;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.TableName;
import java.util.List;

/**
 * Updates the table's rows whose keys equal a row's keys, and inserts the others; a key that occurs twice in the rows fails.
 *
 * @param found over the table's columns: rows for which it is not true are not found, whatever their keys
 */
public record MergeRows(TableName table, List<String> columns, List<String> keys, Plan rows, Expression found) implements Command {
    public MergeRows {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }

    /** Finds all rows of the table. */
    public MergeRows(TableName table, List<String> columns, List<String> keys, Plan rows) {
        this(table, columns, keys, rows, Literal.TRUE);
    }
}
