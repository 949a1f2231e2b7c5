package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.DeleteRows;
import io.lazuli.algebra.engine.DropTable;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.InsertRows;
import io.lazuli.algebra.engine.MergeRows;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.engine.TruncateTable;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.ExistsSubquery;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.OuterReference;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.sql.SqlDatabases;
import io.lazuli.datafactory.connector.sql.SqlTableName;
import io.lazuli.datafactory.copy.LocalDatabase;
import io.lazuli.datafactory.copy.SqlColumnTypes;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.dataflow.transform.Arguments;
import io.lazuli.languages.dataflow.transform.FlowColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A table of a SQL database, in one transaction: scripts before, the table emptied or made anew, rows deleted, updated, upserted and
 * inserted as their policies say and the sink allows, scripts behind. Rows whose policy the sink does not allow are left out.
 */
final class TableFlowSink implements FlowSink {
    private final Arguments arguments;
    private final LocalDatabase database;
    private final SqlTableName name;
    private final Optional<RefusedRows> refused;
    private boolean published;

    /** {@code refused} takes the rows that the table does not; empty to stop at the first. */
    TableFlowSink(Arguments arguments, ResolvedDataset dataset, SqlDatabases databases, Optional<RefusedRows> refused) {
        this.refused = refused;
        this.arguments = arguments;
        this.database = LocalDatabase.of(databases, dataset.linkedService());
        this.name = TableFlowSource.table(arguments, dataset);
        requireKeys(arguments);
    }

    /** A sink that finds rows by their keys must name them. */
    static void requireKeys(Arguments arguments) {
        boolean needed = arguments.flag("updateable", false) || arguments.flag("upsertable", false) || arguments.flag("deletable", false);
        if (needed && arguments.texts("keys").isEmpty()) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(),
                "Sink '%s' updates, upserts or deletes rows and needs their keys: keys: ['id']", arguments.statement().name());
        }
    }

    private List<String> keys() {
        return arguments.texts("keys");
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
        ReentrantLock writer = database.writer();
        writer.lock();
        // Rows are computed before the transaction, in which files can be read in the slow way only.
        try (Engine.Kept kept = input.engine().keep(numbered.rows(), input.execution()); Session session = database.open()) {
            session.begin();
            arguments.texts("preSQLs").forEach(script -> database.script(session, script));
            SinkInput rows = input.with(kept.plan());
            long written = parts(session, table(session, input), rows, kept.count());
            arguments.texts("postSQLs").forEach(script -> database.script(session, script));
            refused.ifPresentOrElse(errors -> errors.finish(rows, session::commit), session::commit);
            return written;
        } finally {
            writer.unlock();
        }
    }

    /** Writes all rows, or one batch after another. */
    private long parts(Session session, Catalog.Table table, SinkInput input, long count) {
        if (refused.isEmpty()) {
            return rows(session, table, input);
        }
        long written = 0;
        for (SinkInput part : refused.get().parts(input, count)) {
            written += rows(session, table, part);
            if (refused.get().inBatches()) {
                session.commit();
                published = true;
                session.begin();
            }
        }
        return written;
    }

    private Catalog.Table table(Session session, SinkInput input) {
        TableName full = new TableName(database.name(), name.schema(), name.name());
        if (arguments.flag("recreate", false)) {
            session.execute(new DropTable(full, true), Execution.UNWATCHED);
            List<CreateTable.Column> columns = input.written().schema().fields().stream().map(SqlColumnTypes::column).toList();
            session.execute(new CreateTable(full, columns, List.of(), false), Execution.UNWATCHED);
        }
        Catalog.Table table = session.catalog(database.name()).table(name.schema(), name.name()).orElseThrow(() -> failure(
            AlgebraError.TABLE_NOT_FOUND, arguments.statement().at(), "Sink '%s' writes to table '%s', which does not exist; "
                + "recreate: true makes it", arguments.statement().name(), name));
        if (arguments.flag("truncate", false) && !arguments.flag("recreate", false)) {
            session.execute(new TruncateTable(table.name()), Execution.UNWATCHED);
        }
        return table;
    }

    private long rows(Session session, Catalog.Table table, SinkInput input) {
        boolean policies = input.has(FlowColumn.POLICY);
        long rows = 0;
        if (policies && arguments.flag("deletable", false)) {
            rows += delete(session, table, accepted(session, table, input, RowOperation.DELETE));
        }
        if (policies && arguments.flag("updateable", false)) {
            Plan updated = joined(table, accepted(session, table, input, RowOperation.UPDATE), Join.Kind.SEMI);
            rows += merge(session, table, input, updated);
        }
        if (policies && arguments.flag("upsertable", false)) {
            rows += upsert(session, table, input, accepted(session, table, input, RowOperation.UPSERT));
        }
        if (arguments.flag("insertable", true)) {
            rows += insert(session, table, input, accepted(session, table, input, RowOperation.INSERT));
        }
        return rows;
    }

    /** The rows of an operation that the table takes, all when the first that is refused stops the flow. */
    private Plan accepted(Session session, Catalog.Table table, SinkInput input, RowOperation operation) {
        Plan marked = input.marked(operation.policy());
        if (refused.isEmpty()) {
            return marked;
        }
        List<String> written = operation == RowOperation.DELETE ? keys() : operation == RowOperation.INSERT ? inserted(input)
            : input.columns();
        Map<String, CreateTable.Column> columns = new LinkedHashMap<>();
        written.forEach(name -> columns.put(name, column(table, name)));
        RowCheck check = new RowCheck(name.toString(), columns);
        List<CreateTable.Column> others = table.columns().stream().filter(column -> !columns.containsValue(column)).toList();
        Plan rows = refused.get().accepted(session, check.values(marked, operation, others), operation, input);
        if (operation == RowOperation.UPDATE || operation == RowOperation.UPSERT) {
            return refused.get().accepted(session, check.distinct(rows, keys(), RefusedRows.NUMBER), operation, input);
        }
        List<String> primaryKey = table.primaryKey().stream().map(key -> written.stream()
            .filter(name -> columns.get(name).name().equals(key)).findFirst().orElse("")).toList();
        return operation == RowOperation.DELETE || primaryKey.isEmpty() || primaryKey.contains("") ? rows : refused.get()
            .accepted(session, check.primaryKey(rows, primaryKey, table.name(), RefusedRows.NUMBER), operation, input);
    }

    private boolean skipsKeys() {
        return arguments.flag("skipKeyWrites", false);
    }

    /** The columns that an insert writes. */
    private List<String> inserted(SinkInput input) {
        return skipsKeys() ? input.columns().stream().filter(name -> !keys().contains(name)).toList() : input.columns();
    }

    private long insert(Session session, Catalog.Table table, SinkInput input, Plan rows) {
        List<String> columns = inserted(input);
        return session.execute(new InsertRows(table.name(), names(table, columns), typed(table, columns, rows)), input.execution());
    }

    /** Keys that are not written find the rows to update; the table numbers those that are new. */
    private long upsert(Session session, Catalog.Table table, SinkInput input, Plan rows) {
        if (!skipsKeys()) {
            return merge(session, table, input, rows);
        }
        return merge(session, table, input, joined(table, rows, Join.Kind.SEMI))
            + insert(session, table, input, joined(table, rows, Join.Kind.ANTI));
    }

    private long merge(Session session, Catalog.Table table, SinkInput input, Plan rows) {
        List<String> keys = keys().stream().map(key -> column(table, key).name()).toList();
        return session.execute(new MergeRows(table.name(), names(table, input.columns()), keys, typed(table, input.columns(), rows)),
            input.execution());
    }

    private long delete(Session session, Catalog.Table table, Plan rows) {
        Expression same = null;
        for (String key : keys()) {
            CreateTable.Column column = column(table, key);
            Expression value = Cast.strict(ColumnReference.of(rows.schema().field(key)), column.type());
            same = and(same, Call.of(ComparisonOperators.EQUAL, value, new OuterReference(1, column.name(), column.type())));
        }
        return session.execute(new DeleteRows(table.name(), new ExistsSubquery(new Filter(rows, same))), Execution.UNWATCHED);
    }

    /** The rows whose keys the table has, or has not. */
    private Plan joined(Catalog.Table table, Plan rows, Join.Kind kind) {
        Schema schema = new Schema(table.columns().stream().map(column -> new Field(column.name(), column.type())).toList());
        List<NamedExpression> keys = new ArrayList<>();
        Expression same = null;
        for (String key : keys()) {
            CreateTable.Column column = column(table, key);
            String there = "\0there " + key;
            keys.add(new NamedExpression(there, new ColumnReference(column.name(), column.type())));
            same = and(same, Call.of(ComparisonOperators.EQUAL,
                Cast.strict(ColumnReference.of(rows.schema().field(key)), column.type()), new ColumnReference(there, column.type())));
        }
        return new Join(rows, new Project(new Scan(new TableSource(table.name()), schema), keys), kind, same);
    }

    private static Expression and(Expression left, Expression right) {
        return left == null ? right : Call.of(ComparisonOperators.AND, left, right);
    }

    private List<String> names(Catalog.Table table, List<String> columns) {
        return columns.stream().map(name -> column(table, name).name()).toList();
    }

    /** The rows in the types of the table's columns. */
    private Plan typed(Catalog.Table table, List<String> columns, Plan rows) {
        return new Project(rows, columns.stream().map(column -> {
            CreateTable.Column target = column(table, column);
            return new NamedExpression(target.name(), Cast.strict(ColumnReference.of(rows.schema().field(column)), target.type()));
        }).toList());
    }

    private CreateTable.Column column(Catalog.Table table, String column) {
        List<String> names = table.columns().stream().map(CreateTable.Column::name).toList();
        return table.columns().stream().filter(candidate -> candidate.name().equalsIgnoreCase(column)).findFirst().orElseThrow(() ->
            failure(AlgebraError.COLUMN_NOT_FOUND, arguments.statement().at(), "Table '%s' has no column '%s'; it has %s%s", table.name(),
                column, names, NearestName.hint(column, names)));
    }
}
