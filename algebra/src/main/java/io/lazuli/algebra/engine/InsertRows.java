package io.lazuli.algebra.engine;

import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.TableName;
import java.util.List;

/** Adds the plan's rows to the named columns, by position; other columns get their defaults. Types are the columns' types. */
public record InsertRows(TableName table, List<String> columns, Plan rows) implements Command {
    public InsertRows {
        columns = List.copyOf(columns);
    }
}
