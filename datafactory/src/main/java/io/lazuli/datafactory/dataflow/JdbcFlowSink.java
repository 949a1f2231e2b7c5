package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.engine.CreateTable;
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
import io.lazuli.datafactory.copy.SqlColumnTypes;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.dataflow.transform.Arguments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** A table of a real database, in one transaction, with the options of {@link TableFlowSink}. */
final class JdbcFlowSink implements FlowSink {
    private final Arguments arguments;
    private final JdbcSqlDatabase database;
    private final SqlTableName name;
    private final Optional<RefusedRows> refused;
    private boolean published;

    /** {@code refused} takes the rows that the table does not; empty to stop at the first. */
    JdbcFlowSink(Arguments arguments, ResolvedDataset dataset, JdbcSqlDatabase database, Optional<RefusedRows> refused) {
        this.refused = refused;
        this.arguments = arguments;
        this.database = database;
        this.name = TableFlowSource.table(arguments, dataset);
        TableFlowSink.requireKeys(arguments);
    }

    @Override
    public boolean hasPublished() {
        return published;
    }

    @Override
    public boolean mayWrite(Path file) {
        return refused.isPresent() && refused.get().mayWrite(file);
    }

    @Override
    public long write(SinkInput input) {
        SinkInput numbered = refused.isPresent() ? RefusedRows.numbered(input) : input;
        // Rows are computed first, for the database may be one that they come from.
        try (Engine.Kept kept = input.engine().keep(numbered.rows(), input.execution()); JdbcWriter writer = database.begin();
            Session session = input.engine().open()) {
            arguments.texts("preSQLs").forEach(writer::execute);
            Schema table = table(writer, input);
            SinkInput rows = input.with(kept.plan());
            long written = 0;
            for (SinkInput part : refused.map(errors -> errors.parts(rows, kept.count())).orElse(List.of(rows))) {
                written += rows(writer, session, table, part);
                if (refused.isPresent() && refused.get().inBatches()) {
                    writer.commit();
                    published = true;
                }
            }
            arguments.texts("postSQLs").forEach(writer::execute);
            refused.ifPresentOrElse(errors -> errors.finish(rows, writer::commit), writer::commit);
            return written;
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
        long rows(RowCursor rows, LongConsumer progress, JdbcWriter.Refusals refusals);
    }

    private long rows(JdbcWriter writer, Session session, Schema table, SinkInput input) {
        List<String> keys = arguments.texts("keys").stream().map(key -> column(table, key).name()).toList();
        boolean keysWritten = !arguments.flag("skipKeyWrites", false);
        List<String> all = input.columns();
        long rows = 0;
        if (arguments.flag("deletable", false)) {
            rows += write(session, table, input, RowOperation.DELETE, all, (found, progress, refusals) ->
                writer.delete(name, keys, found, progress, refusals));
        }
        if (arguments.flag("updateable", false)) {
            rows += write(session, table, input, RowOperation.UPDATE, all, (found, progress, refusals) ->
                writer.update(name, keys, found, progress, refusals));
        }
        if (arguments.flag("upsertable", false)) {
            rows += write(session, table, input, RowOperation.UPSERT, all, (found, progress, refusals) ->
                writer.upsert(name, keys, keysWritten, found, progress, refusals));
        }
        if (arguments.flag("insertable", true)) {
            List<String> inserted = keysWritten ? all : all.stream().filter(column -> !arguments.texts("keys").contains(column)).toList();
            rows += write(session, table, input, RowOperation.INSERT, inserted, (found, progress, refusals) ->
                writer.insert(name, found, progress, refusals));
        }
        return rows;
    }

    private long write(Session session, Schema table, SinkInput input, RowOperation operation, List<String> columns, Write write) {
        Plan marked = accepted(session, table, input, operation, columns);
        List<NamedExpression> typed = new ArrayList<>(columns.stream().map(column -> {
            Field target = column(table, column);
            return new NamedExpression(target.name(), Cast.strict(ColumnReference.of(marked.schema().field(column)), target.type()));
        }).toList());
        LongConsumer progress = count -> input.execution().progress(count, 0);
        if (refused.isEmpty()) {
            try (RowCursor rows = session.query(new Project(marked, typed), input.execution())) {
                return write.rows(rows, progress, JdbcWriter.NONE);
            }
        }
        typed.add(new NamedExpression(RefusedRows.NUMBER, ColumnReference.of(marked.schema().field(RefusedRows.NUMBER))));
        try (NumberedCursor rows = new NumberedCursor(session.query(new Project(marked, typed), input.execution()))) {
            return write.rows(rows, progress, (row, error, message) ->
                refused.get().add(rows.number(row), operation, String.valueOf(error), message));
        }
    }

    /** The rows of an operation whose values have the columns' types; the database decides about the rest. */
    private Plan accepted(Session session, Schema table, SinkInput input, RowOperation operation, List<String> columns) {
        Plan marked = input.marked(operation.policy());
        if (refused.isEmpty()) {
            return marked;
        }
        Map<String, CreateTable.Column> targets = new LinkedHashMap<>();
        columns.forEach(column -> targets.put(column, SqlColumnTypes.column(column(table, column))));
        return refused.get().accepted(session, new RowCheck(name.toString(), targets).values(marked, operation, List.of()), operation,
            input);
    }

    private Field column(Schema table, String column) {
        return table.fields().stream().filter(field -> field.name().equalsIgnoreCase(column)).findFirst().orElseThrow(() ->
            failure(AlgebraError.COLUMN_NOT_FOUND, arguments.statement().at(), "Table '%s' has no column '%s'; it has %s%s", name, column,
                table.names(), NearestName.hint(column, table.names())));
    }
}
