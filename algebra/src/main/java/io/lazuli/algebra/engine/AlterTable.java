package io.lazuli.algebra.engine;

import io.lazuli.algebra.source.TableName;
import java.util.List;

/**
 * Gives a table other columns and another primary key.
 *
 * <p>Columns that the table had keep their values, converted where the type is another; a value that cannot be converted fails. New
 * columns are null, or where they take no nulls have their default or the table's next numbers.
 *
 * @param columns all columns from now on
 * @param primaryKey column names, empty for none
 */
public record AlterTable(TableName table, List<CreateTable.Column> columns, List<String> primaryKey) implements Command {
    public AlterTable {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }
}
