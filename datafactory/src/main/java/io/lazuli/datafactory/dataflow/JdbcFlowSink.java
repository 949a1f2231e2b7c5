package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.sql.JdbcSqlDatabase;
import io.lazuli.datafactory.connector.sql.JdbcWriter;
import io.lazuli.datafactory.connector.sql.SqlTableName;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.dataflow.transform.Arguments;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** A table of a real database, in one transaction, with the options of {@link TableFlowSink}. */
final class JdbcFlowSink implements FlowSink {
    private final Arguments arguments;
    private final JdbcSqlDatabase database;
    private final SqlTableName name;

    JdbcFlowSink(Arguments arguments, ResolvedDataset dataset, JdbcSqlDatabase database) {
        this.arguments = arguments;
        this.database = database;
        this.name = TableFlowSource.table(arguments, dataset);
        TableFlowSink.requireKeys(arguments);
    }

    @Override
    public boolean mayWrite(Path file) {
        return false;
    }

    @Override
    public long write(SinkInput input) {
        // Rows are computed first, for the database may be one that they come from.
        try (Engine.Kept kept = input.engine().keep(input.rows(), input.execution()); JdbcWriter writer = database.begin();
            Session session = input.engine().open()) {
            arguments.texts("preSQLs").forEach(writer::execute);
            Schema table = table(writer, input);
            long rows = rows(writer, session, table, input.with(kept.plan()));
            arguments.texts("postSQLs").forEach(writer::execute);
            writer.commit();
            return rows;
        }
    }

    private Schema table(JdbcWriter writer, SinkInput input) {
        Optional<Schema> table = writer.table(name);
        if (arguments.flag("recreate", false)) {
            if (table.isPresent()) {
                writer.drop(name);
            }
            writer.create(name, input.written().schema());
            table = writer.table(name);
        } else if (table.isPresent() && arguments.flag("truncate", false)) {
            writer.clear(name);
        }
        return table.orElseThrow(() -> failure(AlgebraError.TABLE_NOT_FOUND, arguments.statement().at(),
            "Sink '%s' writes to table '%s', which does not exist; recreate: true makes it", arguments.statement().name(), name));
    }

    private interface Write {
        long rows(RowCursor rows, LongConsumer progress);
    }

    private long rows(JdbcWriter writer, Session session, Schema table, SinkInput input) {
        List<String> keys = arguments.texts("keys").stream().map(key -> column(table, key).name()).toList();
        long rows = 0;
        if (arguments.flag("deletable", false)) {
            rows += write(session, table, input, 8, (found, progress) -> writer.delete(name, keys, found, progress));
        }
        if (arguments.flag("updateable", false)) {
            rows += write(session, table, input, 2, (found, progress) -> writer.update(name, keys, found, progress));
        }
        if (arguments.flag("upsertable", false)) {
            rows += write(session, table, input, 4, (found, progress) -> writer.upsert(name, keys, found, progress));
        }
        if (arguments.flag("insertable", true)) {
            rows += write(session, table, input, 1, (found, progress) -> writer.insert(name, found, progress));
        }
        return rows;
    }

    private long write(Session session, Schema table, SinkInput input, int policy, Write write) {
        Plan marked = input.marked(policy);
        Plan typed = new Project(marked, input.columns().stream().map(column -> {
            Field target = column(table, column);
            return new NamedExpression(target.name(), Cast.strict(ColumnReference.of(marked.schema().field(column)), target.type()));
        }).toList());
        try (RowCursor rows = session.query(typed, input.execution())) {
            return write.rows(rows, count -> input.execution().progress(count, 0));
        }
    }

    private Field column(Schema table, String column) {
        return table.fields().stream().filter(field -> field.name().equalsIgnoreCase(column)).findFirst().orElseThrow(() ->
            failure(AlgebraError.COLUMN_NOT_FOUND, arguments.statement().at(), "Table '%s' has no column '%s'; it has %s%s", name, column,
                table.names(), NearestName.hint(column, table.names())));
    }
}
