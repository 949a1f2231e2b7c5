package io.lazuli.languages.tsql.session;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.Command;
import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.InsertRows;
import io.lazuli.algebra.engine.TruncateTable;
import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.bind.BoundQuery;
import io.lazuli.languages.tsql.bind.MergeBinder;
import io.lazuli.languages.tsql.bind.StatementBinder;
import io.lazuli.languages.tsql.bind.Tables;
import io.lazuli.languages.tsql.bind.Typed;
import io.lazuli.languages.tsql.session.BatchResult.AffectedRows;
import io.lazuli.languages.tsql.session.BatchResult.ResultSet;
import io.lazuli.languages.tsql.syntax.Query.Item;
import io.lazuli.languages.tsql.syntax.Query.Select;
import io.lazuli.languages.tsql.syntax.Statement;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Statements that read and change rows. */
final class QueryStatements {
    private final Interpreter interpreter;
    private final DatabaseAccess database;
    private final SessionEnvironment environment;

    QueryStatements(Interpreter interpreter, DatabaseAccess database, SessionEnvironment environment) {
        this.interpreter = interpreter;
        this.database = database;
        this.environment = environment;
    }

    void run(Statement statement) {
        switch (statement) {
            case Statement.SelectStatement select -> select(select);
            case Statement.Insert insert -> insert(insert);
            case Statement.Update update -> {
                refuseOutput(update.output(), update.at());
                changed(() -> List.of(interpreter.binder().changes().update(update)), update.at());
            }
            case Statement.Delete delete -> {
                refuseOutput(delete.output(), delete.at());
                changed(() -> List.of(interpreter.binder().changes().delete(delete)), delete.at());
            }
            case Statement.Merge merge -> {
                refuseOutput(merge.output(), merge.at());
                merge(merge);
            }
            case Statement.Truncate truncate -> database.change(() -> List.of(new TruncateTable(
                new Tables(environment).require(truncate.table(), truncate.at()).name())), truncate.at());
            default -> throw new IllegalStateException(statement.getClass().getName());
        }
    }

    private static void refuseOutput(List<Item> output, Place at) {
        if (!output.isEmpty()) {
            throw failure(CommonError.NOT_SUPPORTED, at, "OUTPUT is not supported");
        }
    }

    private void changed(Supplier<List<Command>> commands, Place at) {
        long count = database.change(commands, at);
        interpreter.results().add(new AffectedRows(count));
        rowCount(count);
    }

    private void merge(Statement.Merge merge) {
        TableName kept = new TableName(environment.catalog().database(), environment.temporarySchema(), "merge source");
        long changes = database.changed(() -> {
            MergeBinder bound = interpreter.binder().merge(merge, kept);
            bound.prepare().forEach(database::execute);
            bound.requireOneChangeForEachRow();
            long count = bound.changes().stream().mapToLong(database::execute).sum();
            database.execute(bound.finish());
            return count;
        }, merge.at());
        interpreter.results().add(new AffectedRows(changes));
        rowCount(changes);
    }

    private void rowCount(long count) {
        environment.property("@@ROWCOUNT", SessionEnvironment.number((int) Math.min(Integer.MAX_VALUE, count)));
    }

    private void select(Statement.SelectStatement statement) {
        if (statement.query().body() instanceof Select select) {
            if (select.items().stream().anyMatch(item -> item.assignTo() != null)) {
                assign(statement, select);
                return;
            }
            if (select.into() != null) {
                into(statement, select);
                return;
            }
        }
        ResultSet rows = database.rows(() -> interpreter.binder().query(statement.query()), statement.at());
        interpreter.results().add(rows);
        rowCount(rows.rows().size());
    }

    /** The last row's values become the variables'; without rows they keep theirs. */
    private void assign(Statement.SelectStatement statement, Select select) {
        if (select.items().stream().anyMatch(item -> item.assignTo() == null)) {
            throw failure(new SqlError("SYNTAX_ERROR", 141, 15, 1), select.at(),
                "A SELECT statement that assigns a value to a variable must "
                + "not be combined with data-retrieval operations.");
        }
        select.items().forEach(item -> environment.frame().get(item.assignTo(), item.value().at()));
        ResultSet rows = database.rows(() -> interpreter.binder().query(statement.query()), statement.at());
        if (!rows.rows().isEmpty()) {
            List<Object> last = rows.rows().getLast();
            for (int i = 0; i < select.items().size(); i++) {
                SqlType type = rows.columns().get(i).type();
                String variable = select.items().get(i).assignTo();
                Typed value = new Typed(new Literal(last.get(i), type.dataType()), type);
                Typed old = environment.frame().get(variable, statement.at());
                environment.frame().set(variable, database.value(() -> StatementBinder.converted(value, old.type(), statement.at()),
                    statement.at()), statement.at());
            }
        }
        rowCount(rows.rows().size());
    }

    private void into(Statement.SelectStatement statement, Select select) {
        String name = select.into().getLast();
        changed(() -> {
            StatementBinder binder = interpreter.binder();
            BoundQuery query = binder.asTable(binder.query(statement.query()), name, statement.at());
            TableName table = name.startsWith("#") ? temporaryName(name) : new Tables(environment).name(select.into(), statement.at());
            if (environment.catalog().table(table.schema(), table.name()).isPresent()) {
                throw failure(SqlError.OBJECT_EXISTS, statement.at(), "There is already an object named '%s' in the database.", name);
            }
            CreateTable create = StatementBinder.tableOf(table, query);
            return List.of(create, new InsertRows(table, create.columns().stream().map(CreateTable.Column::name).toList(), query.shown()));
        }, statement.at());
    }

    private TableName temporaryName(String name) {
        return environment.temporary().computeIfAbsent(name.toLowerCase(java.util.Locale.ROOT),
            _ -> new TableName(environment.catalog().database(), environment.temporarySchema(), name));
    }

    private void insert(Statement.Insert insert) {
        refuseOutput(insert.output(), insert.at());
        if (insert.execute() != null) {
            insertExecuted(insert);
        } else {
            changed(() -> List.of(interpreter.binder().changes().insert(insert)), insert.at());
        }
        identity(insert);
    }

    /** The rows of all result sets that the procedure gives. */
    private void insertExecuted(Statement.Insert insert) {
        int before = interpreter.results().size();
        interpreter.procedures().execute(insert.execute());
        List<BatchResult.Result> given = interpreter.results().subList(before, interpreter.results().size());
        List<ResultSet> sets = given.stream().filter(ResultSet.class::isInstance).map(ResultSet.class::cast).toList();
        given.clear();
        changed(() -> {
            Catalog.Table table = new Tables(environment).require(insert.table(), insert.at());
            List<Command> commands = new ArrayList<>();
            for (ResultSet set : sets) {
                var changes = interpreter.binder().changes();
                commands.add(changes.insertQuery(table, changes.insertedColumns(table, insert.columns(), insert.at()), values(set),
                    insert.at()));
            }
            return commands;
        }, insert.at());
    }

    private static BoundQuery values(ResultSet set) {
        List<BoundQuery.Column> columns = new ArrayList<>();
        for (BatchResult.Column column : set.columns()) {
            columns.add(new BoundQuery.Column(column.name(), "column" + columns.size(), column.type()));
        }
        Schema schema = new Schema(columns.stream().map(column -> new Field(column.inPlan(), column.type().dataType())).toList());
        List<List<io.lazuli.algebra.expression.Expression>> rows = new ArrayList<>();
        for (List<Object> row : set.rows()) {
            List<io.lazuli.algebra.expression.Expression> literals = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                literals.add(new Literal(row.get(i), schema.fields().get(i).type()));
            }
            rows.add(literals);
        }
        return new BoundQuery(new io.lazuli.algebra.plan.Values(schema, rows), columns);
    }

    /** What SCOPE_IDENTITY gives after an insert: the number that the table gave last. */
    private void identity(Statement.Insert insert) {
        Typed last = database.value(() -> {
            Catalog.Table table = new Tables(environment).require(insert.table(), insert.at());
            SqlType type = SqlType.decimal(38, 0);
            return table.columns().stream().filter(column -> column.identity().isPresent()).findFirst()
                .map(column -> StatementBinder.converted(greatest(table.name(), column), type, insert.at()))
                .orElse(new Typed(new Literal(null, type.dataType()), type));
        }, insert.at());
        environment.property("SCOPE_IDENTITY()", last);
        environment.property("@@IDENTITY", last);
    }

    private Typed greatest(TableName table, CreateTable.Column column) {
        Field field = new Field(column.name(), column.type());
        boolean rising = column.identity().orElseThrow().step() > 0;
        Plan plan = new Aggregate(new Scan(new TableSource(table), Schema.of(field)), List.of(), List.of(new NamedExpression("last",
            AggregateCall.of(rising ? AggregateOperators.MAX : AggregateOperators.MIN, ColumnReference.of(field)))));
        return new Typed(new io.lazuli.algebra.expression.ScalarSubquery(plan), SqlType.of(column.type()));
    }
}
