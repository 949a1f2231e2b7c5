package io.lazuli.engine.duckdb;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.engine.AlterTable;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        make(create, Map.of());
        return 0;
    }

    /** {@code nextNumbers} tells from where identity columns count on, when not from their seed. */
    private void make(CreateTable create, Map<String, Long> nextNumbers) {
        TableName name = create.table();
        requireDistinct(create);
        run("CREATE SCHEMA IF NOT EXISTS " + session.open(name.database()) + "." + SqlNames.quote(name.schema()));
        String table = Commands.newTable(session, name);
        List<String> parts = new ArrayList<>();
        for (CreateTable.Column column : create.columns()) {
            column.identity().ifPresent(identity -> run("CREATE SEQUENCE " + sequence(name, column)
                + bounds(identity, nextNumbers.getOrDefault(column.name(), identity.seed()))));
            parts.add(column(name, column));
        }
        if (!create.primaryKey().isEmpty()) {
            parts.add(create.primaryKey().stream().map(SqlNames::quote).collect(Collectors.joining(", ", "PRIMARY KEY (", ")")));
        }
        run("CREATE TABLE " + table + " (" + String.join(", ", parts) + ")");
        for (CreateTable.Column column : create.columns()) {
            run("COMMENT ON COLUMN " + table + "." + SqlNames.quote(column.name()) + " IS " + SqlLiterals.string(ColumnNotes.text(column)));
        }
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

    private static String bounds(CreateTable.Identity identity, long start) {
        String range = identity.step() < 0 ? " MINVALUE " + Long.MIN_VALUE + " MAXVALUE " + Long.MAX_VALUE
            : " MINVALUE " + Math.min(1, identity.seed());
        return " INCREMENT BY " + identity.step() + range + " START WITH " + start;
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

    /** Makes the table anew: DuckDB can change few columns in place, none of them with a constraint or a key. */
    long alter(AlterTable alter) {
        Catalog.Table old = session.requireTable(alter.table());
        TableName name = old.name();
        String table = Commands.newTable(session, name);
        Map<String, Long> nextNumbers = nextNumbers(old);
        run("CREATE OR REPLACE TEMP TABLE \"lazuli~altered\" AS SELECT * FROM " + table);
        drop(new DropTable(name, false));
        make(new CreateTable(name, alter.columns(), alter.primaryKey(), false), nextNumbers);
        List<String> into = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (CreateTable.Column column : alter.columns()) {
            String quoted = SqlNames.quote(column.name());
            boolean kept = old.columns().stream().anyMatch(before -> before.name().equalsIgnoreCase(column.name()));
            if (kept || column.nullable()) {
                into.add(quoted);
                values.add(kept ? "CAST(" + quoted + " AS " + SqlTypes.of(column.type()) + ")" : "NULL");
            }
        }
        run("INSERT INTO " + table + " (" + String.join(", ", into) + ") SELECT " + String.join(", ", values)
            + " FROM temp.main.\"lazuli~altered\" ORDER BY rowid");
        run("DROP TABLE temp.main.\"lazuli~altered\"");
        return 0;
    }

    private Map<String, Long> nextNumbers(Catalog.Table table) {
        Map<String, Long> next = new HashMap<>();
        for (CreateTable.Column column : table.columns()) {
            column.identity().ifPresent(identity -> {
                String last = session.inspection().value("SELECT last_value FROM duckdb_sequences() WHERE database_name = "
                    + SqlLiterals.string(table.name().database().toLowerCase(Locale.ROOT)) + " AND schema_name = "
                    + SqlLiterals.string(table.name().schema()) + " AND sequence_name = "
                    + SqlLiterals.string(table.name().name() + "~" + column.name()));
                if (last != null) {
                    next.put(column.name(), Long.parseLong(last) + identity.step());
                }
            });
        }
        return next;
    }

    private long run(String sql) {
        return session.run(sql, null, Execution.UNWATCHED);
    }
}
