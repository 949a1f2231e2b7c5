package io.lazuli.algebra.engine;

import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.TableName;
import java.util.List;

/** Updates the table's rows whose keys equal a row's keys, and inserts the others; a key that occurs twice in the rows fails. */
public record MergeRows(TableName table, List<String> columns, List<String> keys, Plan rows) implements Command {
    public MergeRows {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }
}
