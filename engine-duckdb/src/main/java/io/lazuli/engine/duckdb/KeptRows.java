package io.lazuli.engine.duckdb;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.engine.duckdb.render.SqlNames;
import io.lazuli.engine.duckdb.render.SqlTypes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Rows in a table of a database in memory, which DuckDB spills to its temporary directory. The columns are {@code c0}, {@code c1}, …. */
record KeptRows(DuckDbSession session, Databases databases, String database, Plan plan, long count) implements Engine.Kept {
    /** Runs the plan; the session is the rows' own, and closed with them. */
    static KeptRows of(DuckDbSession session, Databases databases, Plan plan, Execution execution) {
        String database = "kept " + UUID.randomUUID();
        boolean done = false;
        try {
            String alias = databases.openInMemory(database, session.connection());
            Commands.statement(session, execution, (renderer, _) -> {
                String query = renderer.query(plan);
                return "CREATE TABLE " + alias + ".main.kept AS " + renderer.with() + "SELECT " + columns(plan.schema())
                    + " FROM (" + query + ") AS q";
            });
            long count = Long.parseLong(session.inspection().value("SELECT count(*) FROM " + alias + ".main.kept"));
            done = true;
            return new KeptRows(session, databases, database, renamed(database, plan.schema()), count);
        } catch (SQLException e) {
            throw session.translated(e, null);
        } finally {
            if (!done) {
                forget(session, databases, database);
            }
        }
    }

    private static String columns(Schema schema) {
        List<String> names = SqlNames.of(schema);
        List<String> columns = new ArrayList<>();
        for (String name : names) {
            DataType type = schema.fields().get(columns.size()).type();
            columns.add("CAST(q." + SqlNames.quote(name) + " AS " + SqlTypes.of(type) + ") AS c" + columns.size());
        }
        return columns.isEmpty() ? "1 AS c" : String.join(", ", columns);
    }

    private static Plan renamed(String database, Schema schema) {
        List<Field> stored = new ArrayList<>();
        List<NamedExpression> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            stored.add(new Field("c" + stored.size(), field.type()));
            columns.add(new NamedExpression(field.name(), ColumnReference.of(stored.getLast())));
        }
        TableSource table = new TableSource(new TableName(database, "main", "kept"));
        return new Project(new Scan(table, new Schema(stored)), columns, schema);
    }

    private static void forget(DuckDbSession session, Databases databases, String database) {
        try {
            databases.closeInMemory(database, session.connection());
        } catch (SQLException e) {
            throw session.translated(e, null);
        }
    }

    @Override
    public void close() {
        try {
            forget(session, databases, database);
        } finally {
            session.close();
        }
    }
}
