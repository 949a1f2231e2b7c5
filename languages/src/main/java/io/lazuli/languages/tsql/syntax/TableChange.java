package io.lazuli.languages.tsql.syntax;

import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.Statement.ColumnDefinition;
import java.util.List;

/** One of the changes of an ALTER TABLE. */
public sealed interface TableChange {
    Place at();

    record AddColumn(ColumnDefinition column, Place at) implements TableChange {
    }

    /** The definition has neither default nor numbering: these stay. */
    record AlterColumn(ColumnDefinition column, Place at) implements TableChange {
    }

    record DropColumn(String name, boolean ifExists, Place at) implements TableChange {
    }

    record AddPrimaryKey(List<String> columns, Place at) implements TableChange {
    }

    record AddDefault(String column, SqlExpression value, Place at) implements TableChange {
    }
}
