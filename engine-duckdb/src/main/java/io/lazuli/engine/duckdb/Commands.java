package io.lazuli.engine.duckdb;

import io.lazuli.algebra.engine.AlterTable;
import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.Command;
import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.DeleteRows;
import io.lazuli.algebra.engine.DropTable;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.InsertRows;
import io.lazuli.algebra.engine.MergeRows;
import io.lazuli.algebra.engine.TruncateTable;
import io.lazuli.algebra.engine.UpdateRows;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.engine.duckdb.file.FileSources;
import io.lazuli.engine.duckdb.render.PlanRenderer;
import io.lazuli.engine.duckdb.render.SqlNames;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Runs commands; each takes effect whole or not at all. */
final class Commands {
    private final DuckDbSession session;
    private final TableDefinitions definitions;

    Commands(DuckDbSession session) {
        this.session = session;
        this.definitions = new TableDefinitions(session);
    }

    long execute(Command command, Execution execution) {
        return switch (command) {
            case InsertRows insert -> insert(insert, execution);
            case UpdateRows update -> update(update, execution);
            case DeleteRows delete -> delete(delete, execution);
            case MergeRows merge -> atomically(() -> new Merge(session, merge).run(execution));
            case CreateTable create -> atomically(() -> definitions.create(create));
            case AlterTable alter -> atomically(() -> definitions.alter(alter));
            case DropTable drop -> atomically(() -> definitions.drop(drop));
            case TruncateTable truncate -> atomically(() -> definitions.truncate(truncate));
            case WriteFile write -> new FileOutput(session).write(write, execution);
        };
    }

    /** Several statements as one: in a transaction of their own, unless one is under way. */
    private long atomically(Supplier<Long> work) {
        if (session.inTransaction()) {
            return work.get();
        }
        session.begin();
        boolean done = false;
        try {
            long rows = work.get();
            session.commit();
            done = true;
            return rows;
        } finally {
            if (!done && session.inTransaction()) {
                session.rollback();
            }
        }
    }

    private long insert(InsertRows insert, Execution execution) {
        String table = session.tableText(insert.table());
        String columns = insert.columns().stream().map(SqlNames::quote).collect(Collectors.joining(", ", " (", ") "));
        return statement(session, execution, (renderer, _) -> {
            String query = renderer.query(insert.rows());
            return "INSERT INTO " + table + columns + renderer.with() + query;
        });
    }

    private long update(UpdateRows update, Execution execution) {
        String table = session.tableText(update.table());
        Schema schema = schema(session.requireTable(update.table()));
        return statement(session, execution, (renderer, _) -> {
            String assignments = update.assignments().stream()
                .map(assignment -> SqlNames.quote(assignment.name()) + " = " + renderer.expression(assignment.expression(), "t0", schema))
                .collect(Collectors.joining(", "));
            String condition = renderer.expression(update.condition(), "t0", schema);
            return renderer.with() + "UPDATE " + table + " AS t0 SET " + assignments + " WHERE " + condition;
        });
    }

    private long delete(DeleteRows delete, Execution execution) {
        String table = session.tableText(delete.table());
        Schema schema = schema(session.requireTable(delete.table()));
        return statement(session, execution, (renderer, _) -> {
            String condition = renderer.expression(delete.condition(), "t0", schema);
            return renderer.with() + "DELETE FROM " + table + " AS t0 WHERE " + condition;
        });
    }

    static Schema schema(Catalog.Table table) {
        return new Schema(table.columns().stream().map(column -> new Field(column.name(), column.type())).toList());
    }

    /**
     * Runs a statement that reads files the fast way and, where that fails, the exact way. Within a transaction only the exact way, as a
     * failed statement ends the transaction.
     */
    static long statement(DuckDbSession session, Execution execution, BiFunction<PlanRenderer, StatementSources, String> text) {
        FileSources.Way first = session.inTransaction() ? FileSources.Way.EXACT : FileSources.Way.FAST;
        try (StatementSources sources = session.sources(first)) {
            try {
                return session.run(text.apply(new PlanRenderer(sources), sources), sources, execution);
            } catch (RuntimeException e) {
                if (!sources.tookFastWay() || isCancelled(e)) {
                    throw e;
                }
            }
        }
        try (StatementSources sources = session.sources(FileSources.Way.EXACT)) {
            return session.run(text.apply(new PlanRenderer(sources), sources), sources, execution);
        }
    }

    private static boolean isCancelled(RuntimeException e) {
        return e instanceof LazuliException failure
            && failure.code() == CommonError.CANCELLED;
    }

    /** The name of a table that may not exist yet. */
    static String newTable(DuckDbSession session, TableName name) {
        return String.join(".", List.of(session.open(name.database()), SqlNames.quote(name.schema()), SqlNames.quote(name.name())));
    }
}
