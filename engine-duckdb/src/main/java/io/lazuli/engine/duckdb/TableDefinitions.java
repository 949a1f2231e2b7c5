package io.lazuli.engine.duckdb;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.DropTable;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.TruncateTable;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.engine.duckdb.render.PlanRenderer;
import io.lazuli.engine.duckdb.render.RaisedErrors;
import io.lazuli.engine.duckdb.render.SqlLiterals;
import io.lazuli.engine.duckdb.render.SqlNames;
import io.lazuli.engine.duckdb.render.SqlTypes;
import io.lazuli.foundation.CommonError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes, empties and drops tables. Identity columns count by a sequence beside the table. */
final class TableDefinitions {
    private final DuckDbSession session;

    TableDefinitions(DuckDbSession session) {
        this.session = session;
    }

    long create(CreateTable create) {
        TableName name = create.table();
        if (session.catalog(name.database()).table(name.schema(), name.name()).isPresent()) {
            if (create.ifNotExists()) {
                return 0;
            }
            throw failure(AlgebraError.TABLE_EXISTS, "Table '%s' exists already in database '%s'", name, name.database());
        }
        requireDistinct(create);
        run("CREATE SCHEMA IF NOT EXISTS " + session.open(name.database()) + "." + SqlNames.quote(name.schema()));
        String table = Commands.newTable(session, name);
        List<String> parts = new ArrayList<>();
        for (CreateTable.Column column : create.columns()) {
            column.identity().ifPresent(identity -> run("CREATE SEQUENCE " + sequence(name, column) + bounds(identity)));
            parts.add(column(name, column));
        }
        if (!create.primaryKey().isEmpty()) {
            parts.add(create.primaryKey().stream().map(SqlNames::quote).collect(Collectors.joining(", ", "PRIMARY KEY (", ")")));
        }
        run("CREATE TABLE " + table + " (" + String.join(", ", parts) + ")");
        for (CreateTable.Column column : create.columns()) {
            run("COMMENT ON COLUMN " + table + "." + SqlNames.quote(column.name()) + " IS " + SqlLiterals.string(ColumnNotes.text(column)));
        }
        return 0;
    }

    private static void requireDistinct(CreateTable create) {
        if (create.columns().isEmpty()) {
            throw failure(CommonError.INVALID_ARGUMENT, "Table '%s' has no columns", create.table());
        }
        Set<String> names = new HashSet<>();
        for (CreateTable.Column column : create.columns()) {
            if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
                throw failure(AlgebraError.DUPLICATE_COLUMN, "Table '%s' has two columns '%s'; names of columns differ by more than case",
                    create.table(), column.name());
            }
        }
        for (String key : create.primaryKey()) {
            if (!names.contains(key.toLowerCase(Locale.ROOT))) {
                throw failure(AlgebraError.COLUMN_NOT_FOUND, "Column '%s' of the primary key is not in table '%s'", key, create.table());
            }
        }
    }

    private String sequence(TableName table, CreateTable.Column column) {
        return Commands.newTable(session, new TableName(table.database(), table.schema(), table.name() + "~" + column.name()));
    }

    private static String bounds(CreateTable.Identity identity) {
        String range = identity.step() < 0 ? " MINVALUE " + Long.MIN_VALUE + " MAXVALUE " + Long.MAX_VALUE
            : " MINVALUE " + Math.min(1, identity.seed());
        return " INCREMENT BY " + identity.step() + range + " START WITH " + identity.seed();
    }

    private String column(TableName table, CreateTable.Column column) {
        String name = SqlNames.quote(column.name());
        String start = column.identity().isPresent() ? " DEFAULT nextval(" + SqlLiterals.string(sequence(table, column)) + ")"
            : column.defaultValue().map(value -> " DEFAULT " + new PlanRenderer(_ -> {
                throw failure(CommonError.NOT_SUPPORTED, "A query in the default of column '%s'", column.name());
            }).constant(value)).orElse("");
        return name + " " + SqlTypes.of(column.type()) + start + (column.nullable() ? "" : " NOT NULL") + check(table, column);
    }

    private static String check(TableName table, CreateTable.Column column) {
        if (column.maxLength().isEmpty()) {
            return "";
        }
        int length = column.maxLength().get();
        String name = SqlNames.quote(column.name());
        boolean binary = column.type() == ScalarType.BINARY;
        String start = binary ? "hex(" + name + "[1:" + length + "])" : "left(" + name + ", " + length + ")";
        String message = SqlLiterals.string("String or binary data would be truncated in table '" + table.database() + "." + table
            + "', column '" + column.name() + "'. Truncated value: '") + " || " + start + " || '''.'";
        return " CHECK (CASE WHEN " + (binary ? "octet_length(" : "length(") + name + ") > " + length + " THEN "
            + RaisedErrors.raise(AlgebraError.CONVERSION_FAILED, message) + " ELSE true END)";
    }

    long drop(DropTable drop) {
        TableName name = drop.table();
        Optional<Catalog.Table> found = session.catalog(name.database()).table(name.schema(), name.name());
        if (found.isEmpty() && drop.ifExists()) {
            return 0;
        }
        Catalog.Table table = found.orElseGet(() -> session.requireTable(name));
        run("DROP TABLE " + Commands.newTable(session, table.name()));
        table.columns().stream().filter(column -> column.identity().isPresent())
            .forEach(column -> run("DROP SEQUENCE " + sequence(table.name(), column)));
        return 0;
    }

    /** DuckDB has no way to restart a sequence that a table uses; a table with one is made anew. */
    long truncate(TruncateTable truncate) {
        Catalog.Table table = session.requireTable(truncate.table());
        long rows = run("DELETE FROM " + Commands.newTable(session, table.name()));
        if (table.columns().stream().anyMatch(column -> column.identity().isPresent())) {
            drop(new DropTable(table.name(), false));
            create(new CreateTable(table.name(), table.columns(), table.primaryKey(), false));
        }
        return rows;
    }

    private long run(String sql) {
        return session.run(sql, null, Execution.UNWATCHED);
    }
}
