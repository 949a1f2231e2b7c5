package io.lazuli.languages.tsql.session;

import io.lazuli.algebra.engine.Command;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.bind.BoundQuery;
import io.lazuli.languages.tsql.bind.Typed;
import io.lazuli.languages.tsql.session.BatchResult.Column;
import io.lazuli.languages.tsql.session.BatchResult.ResultSet;
import io.lazuli.languages.tsql.session.BatchResult.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The reads and writes of a script, as steps, in transactions, with SQL Server's errors. */
final class DatabaseAccess {
    private final Session session;
    private final Steps steps;
    private final Transactions transactions;
    private final Execution execution;
    private final int rowLimit;

    DatabaseAccess(Session session, Steps steps, Execution execution, int rowLimit) {
        this.session = session;
        this.steps = steps;
        this.transactions = new Transactions(session, steps);
        this.execution = execution;
        this.rowLimit = rowLimit;
    }

    Transactions transactions() {
        return transactions;
    }

    Session session() {
        return session;
    }

    /** Rows of a query that is bound and run within one step; those beyond the limit are left unread. */
    ResultSet rows(Supplier<BoundQuery> query, Place at) {
        return (ResultSet) step(() -> {
            BoundQuery bound = query.get();
            transactions.join();
            return read(bound);
        }, at);
    }

    private ResultSet read(BoundQuery query) {
        List<Integer> shown = query.columns().stream().map(column -> query.plan().schema().names().indexOf(column.inPlan())).toList();
        List<List<Object>> rows = new ArrayList<>();
        try (RowCursor cursor = session.query(query.plan(), execution)) {
            while (rows.size() < rowLimit && cursor.next()) {
                List<Object> row = new ArrayList<>();
                shown.forEach(column -> row.add(cursor.value(column)));
                rows.add(row);
            }
        }
        return new ResultSet(query.columns().stream().map(column -> new Column(column.name(), column.type())).toList(), rows);
    }

    /** The value of an expression that is bound and computed within one step. */
    Typed value(Supplier<Typed> expression, Place at) {
        Value value = (Value) step(() -> {
            Typed bound = expression.get();
            return new Value(evaluate(bound.expression()), bound.type());
        }, at);
        return new Typed(new Literal(value.value(), value.type().dataType()), value.type());
    }

    boolean condition(Supplier<Expression> condition, Place at) {
        return Boolean.TRUE.equals(step(() -> Boolean.TRUE.equals(evaluate(condition.get())), at));
    }

    Object evaluate(Expression expression) {
        if (expression instanceof Literal literal) {
            return literal.value();
        }
        transactions.join();
        Plan plan = new Project(Values.ONE_ROW, List.of(new NamedExpression("value", expression)));
        try (RowCursor cursor = session.query(plan, execution)) {
            cursor.next();
            return cursor.value(0);
        }
    }

    /** Commands that take effect together; the count is that of the last. */
    long change(Supplier<List<Command>> commands, Place at) {
        return changed(() -> {
            long count = 0;
            for (Command command : commands.get()) {
                count = execute(command);
            }
            return count;
        }, at);
    }

    /** Runs a command within the work that {@link #changed} runs. */
    long execute(Command command) {
        return session.execute(command, execution);
    }

    /** Work on the session that takes effect as one. */
    long changed(java.util.function.LongSupplier work, Place at) {
        boolean replaying = steps.isReplaying();
        long count = (Long) step(() -> transactions.change(work), at);
        if (!replaying) {
            transactions.settle();
        }
        return count;
    }

    private Object step(Supplier<Object> work, Place at) {
        return steps.run(() -> {
            try {
                return work.get();
            } catch (LazuliException failure) {
                transactions.failed();
                throw SqlFailures.translated(failure, at);
            }
        });
    }
}
