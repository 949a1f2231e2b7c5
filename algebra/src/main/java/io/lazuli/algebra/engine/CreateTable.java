package io.lazuli.algebra.engine;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.type.DataType;
import java.util.List;
import java.util.Optional;

/**
 * Makes an empty table, and its schema when that is missing.
 *
 * @param primaryKey column names, empty for none
 */
public record CreateTable(TableName table, List<Column> columns, List<String> primaryKey, boolean ifNotExists) implements Command {
    public CreateTable {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }

    /**
     * A column of a table.
     *
     * @param declaredType the type as its language wrote it, such as {@code nvarchar(50)}, kept for those who read the catalog
     * @param maxLength the longest text or binary value in characters or bytes; an insert of a longer one fails
     * @param identity values are numbered by the table, from seed by step
     */
    public record Column(
        String name, DataType type, String declaredType, boolean nullable, Optional<Integer> maxLength, Optional<Expression> defaultValue,
        Optional<Identity> identity) {
        public static Column of(String name, DataType type) {
            return new Column(name, type, type.toString(), true, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /** The first number and the distance to the next. */
    public record Identity(long seed, long step) {
    }
}
