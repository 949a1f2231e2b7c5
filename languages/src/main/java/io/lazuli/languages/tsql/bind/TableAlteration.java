package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.AlterTable;
import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.expression.ExistsSubquery;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.Statement;
import io.lazuli.languages.tsql.syntax.TableChange;
import io.lazuli.languages.tsql.type.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What ALTER TABLE makes of a table, change by change. */
public final class TableAlteration {
    private final Environment environment;
    private final StatementBinder binder;
    private final Catalog.Table table;
    private final List<CreateTable.Column> columns;
    private final List<String> primaryKey;

    TableAlteration(Statement.AlterTable alter, Environment environment, StatementBinder binder) {
        this.environment = environment;
        this.binder = binder;
        this.table = new Tables(environment).require(alter.table(), alter.at());
        this.columns = new ArrayList<>(table.columns());
        this.primaryKey = new ArrayList<>(table.primaryKey());
        alter.changes().forEach(this::apply);
    }

    public AlterTable command() {
        return new AlterTable(table.name(), columns, primaryKey);
    }

    private void apply(TableChange change) {
        switch (change) {
            case TableChange.AddColumn add -> add(add);
            case TableChange.AlterColumn alter -> alter(alter);
            case TableChange.DropColumn drop -> drop(drop);
            case TableChange.AddPrimaryKey key -> key(key.columns(), key.at());
            case TableChange.AddDefault add -> addDefault(add);
        }
    }

    private int index(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    private int require(String name, Place at) {
        int index = index(name);
        if (index < 0) {
            ChangeBinder.column(new Catalog.Table(table.name(), columns, primaryKey), name, at);
        }
        return index;
    }

    private void add(TableChange.AddColumn add) {
        Statement.ColumnDefinition definition = add.column();
        if (index(definition.name()) >= 0) {
            throw failure(new SqlError("DUPLICATE_COLUMN", 2705, 16, 4), add.at(), "Column names in each table must be unique. Column name "
                + "'%s' in table '%s' is specified more than once.", definition.name(), table.name().name());
        }
        if (definition.identity() != null && columns.stream().anyMatch(column -> column.identity().isPresent())) {
            throw failure(new SqlError("DUPLICATE_IDENTITY", 2744, 16, 2), add.at(), "Multiple identity columns specified for table '%s'. "
                + "Only one identity column per table is allowed.", table.name().name());
        }
        List<String> key = definition.primaryKey() ? List.of(definition.name()) : List.of();
        CreateTable.Column column = binder.column(definition, key);
        boolean empty = column.defaultValue().isEmpty() && column.identity().isEmpty();
        if (!column.nullable() && empty && hasRows()) {
            throw failure(new SqlError("CONSTRAINT_VIOLATED", 4901, 16, 1), add.at(), "ALTER TABLE only allows columns to be added that "
                + "can contain nulls, or have a DEFAULT definition specified, or the column being added is an identity or timestamp "
                + "column, or alternatively if none of the previous conditions are satisfied the table must be empty to allow addition "
                + "of this column. Column '%s' cannot be added to non-empty table '%s' because it does not satisfy these "
                + "conditions.", column.name(), table.name().name());
        }
        columns.add(column);
        if (!key.isEmpty()) {
            key(key, add.at());
        }
    }

    private boolean hasRows() {
        Schema schema = new Schema(table.columns().stream().map(column -> new Field(column.name(), column.type())).toList());
        return Boolean.TRUE.equals(environment.evaluate(new ExistsSubquery(new Scan(new TableSource(table.name()), schema))));
    }

    /** The type and whether it takes nulls become new; the default and the numbering stay. */
    private void alter(TableChange.AlterColumn alter) {
        int index = require(alter.column().name(), alter.at());
        CreateTable.Column old = columns.get(index);
        CreateTable.Column changed = binder.column(alter.column(), primaryKey);
        columns.set(index, new CreateTable.Column(old.name(), changed.type(), changed.declaredType(),
            changed.nullable() && old.identity().isEmpty(), changed.maxLength(), old.defaultValue(), old.identity()));
    }

    private void drop(TableChange.DropColumn drop) {
        int index = index(drop.name());
        if (index < 0 && drop.ifExists()) {
            return;
        }
        if (index < 0) {
            throw failure(new SqlError("COLUMN_NOT_FOUND", 4924, 16, 1), drop.at(),
                "ALTER TABLE DROP COLUMN failed because column '%s' does not exist in table '%s'.", drop.name(), table.name().name());
        }
        if (primaryKey.stream().anyMatch(drop.name()::equalsIgnoreCase)) {
            throw failure(new SqlError("CONSTRAINT_VIOLATED", 4922, 16, 9), drop.at(),
                "ALTER TABLE DROP COLUMN %s failed because one or more objects access this column.", drop.name());
        }
        if (columns.size() == 1) {
            throw failure(new SqlError("INVALID_ARGUMENT", 4923, 16, 1), drop.at(), "ALTER TABLE DROP COLUMN failed because '%s' is the "
                + "only data column in table '%s'. A table must have at least one data column.", drop.name(), table.name().name());
        }
        columns.remove(index);
    }

    private void key(List<String> names, Place at) {
        if (!primaryKey.isEmpty()) {
            throw failure(new SqlError("CONSTRAINT_EXISTS", 1779, 16, 0), at, "Table '%s' already has a primary key defined on it.",
                table.name().name());
        }
        for (String name : names) {
            CreateTable.Column column = columns.get(require(name, at));
            boolean added = table.columns().stream().noneMatch(column::equals);
            if (column.nullable() && !added) {
                throw failure(new SqlError("CONSTRAINT_VIOLATED", 8111, 16, 1), at,
                    "Cannot define PRIMARY KEY constraint on nullable column in table '%s'.", table.name().name());
            }
            primaryKey.add(column.name());
        }
    }

    private void addDefault(TableChange.AddDefault add) {
        int index = require(add.column(), add.at());
        CreateTable.Column old = columns.get(index);
        if (old.defaultValue().isPresent()) {
            throw failure(new SqlError("CONSTRAINT_EXISTS", 1781, 16, 1), add.at(), "Column already has a DEFAULT bound to it.");
        }
        columns.set(index, new CreateTable.Column(old.name(), old.type(), old.declaredType(), old.nullable(), old.maxLength(),
            Optional.of(binder.defaultValue(add.value(), Tables.type(old), add.at())), old.identity()));
    }
}
