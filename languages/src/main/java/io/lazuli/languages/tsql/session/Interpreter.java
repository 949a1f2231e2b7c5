package io.lazuli.languages.tsql.session;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.tsql.bind.StatementBinder;
import io.lazuli.languages.tsql.bind.Typed;
import io.lazuli.languages.tsql.session.BatchResult.Message;
import io.lazuli.languages.tsql.syntax.SqlExpression;
import io.lazuli.languages.tsql.syntax.Statement;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.List;

/** Runs statements: control flow and variables here, the others by the parts that know them. */
final class Interpreter {
    private final DatabaseAccess database;
    private final SessionEnvironment environment;
    private final List<BatchResult.Result> results;
    private final QueryStatements queries;
    private final DefinitionStatements definitions;
    private final ProcedureStatements procedures;

    /** What a statement does to those after it. */
    enum Flow { NEXT, BREAK, CONTINUE, RETURN }

    Interpreter(DatabaseAccess database, SessionEnvironment environment, StoredObjects objects, List<BatchResult.Result> results) {
        this.database = database;
        this.environment = environment;
        this.results = results;
        this.queries = new QueryStatements(this, database, environment);
        this.definitions = new DefinitionStatements(this, database, environment, objects);
        this.procedures = new ProcedureStatements(this, database, environment, objects);
    }

    StatementBinder binder() {
        return new StatementBinder(environment);
    }

    List<BatchResult.Result> results() {
        return results;
    }

    QueryStatements queries() {
        return queries;
    }

    ProcedureStatements procedures() {
        return procedures;
    }

    Flow run(List<Statement> statements) {
        for (Statement statement : statements) {
            Flow flow = run(statement);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    private Flow run(Statement statement) {
        if (Thread.interrupted()) {
            throw failure(CommonError.CANCELLED, statement.at(), "The script was cancelled");
        }
        environment.property("@@TRANCOUNT", SessionEnvironment.number(database.transactions().depth()));
        environment.property("XACT_STATE()", SessionEnvironment.number(database.transactions().state()));
        try {
            return dispatch(statement);
        } catch (LazuliException failure) {
            throw SqlFailures.translated(failure, statement.at());
        }
    }

    private Flow dispatch(Statement statement) {
        switch (statement) {
            case Statement.If test -> {
                return ifStatement(test);
            }
            case Statement.While loop -> {
                return loop(loop);
            }
            case Statement.Block block -> {
                return run(block.statements());
            }
            case Statement.Return end -> {
                return end(end);
            }
            case Statement.Break _ -> {
                return Flow.BREAK;
            }
            case Statement.Continue _ -> {
                return Flow.CONTINUE;
            }
            case Statement.TryCatch attempt -> {
                return attempt(attempt);
            }
            case Statement.Throw raised -> raise(raised);
            case Statement.Raise raised -> raise(raised);
            case Statement.Print print -> print(print);
            case Statement.Declare declare -> definitions.declare(declare);
            case Statement.SetVariable set -> set(set);
            case Statement.SetOption option -> definitions.option(option);
            case Statement.BeginTransaction _ -> database.transactions().begin();
            case Statement.CommitTransaction commit -> database.transactions().commit(commit.at());
            case Statement.RollbackTransaction rollback -> database.transactions().rollback(rollback.at());
            case Statement.WaitFor delay -> delay(delay);
            case Statement.Execute execute -> procedures.execute(execute);
            case Statement.ExecuteText execute -> procedures.execute(execute);
            case Statement.SelectStatement _, Statement.Insert _, Statement.Update _, Statement.Delete _, Statement.Merge _,
                Statement.Truncate _ -> queries.run(statement);
            case Statement.CreateTable _, Statement.Drop _, Statement.CreateSchema _, Statement.AlterTable _, Statement.Index _,
                Statement.CreateTableType _, Statement.CreateView _, Statement.CreateProcedure _ -> definitions.run(statement);
        }
        return Flow.NEXT;
    }

    Typed value(SqlExpression expression) {
        return database.value(() -> binder().value(expression), expression.at());
    }

    private boolean holds(SqlExpression condition) {
        return database.condition(() -> binder().condition(condition), condition.at());
    }

    private Flow ifStatement(Statement.If test) {
        if (holds(test.condition())) {
            return run(test.then());
        }
        return test.otherwise() == null ? Flow.NEXT : run(test.otherwise());
    }

    private Flow loop(Statement.While loop) {
        while (holds(loop.condition())) {
            Flow flow = run(loop.body());
            if (flow == Flow.BREAK) {
                return Flow.NEXT;
            }
            if (flow == Flow.RETURN) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    private Flow end(Statement.Return end) {
        if (end.value() != null) {
            Typed value = StatementBinder.converted(value(end.value()), SqlType.INT, end.at());
            Object number = database.evaluate(value.expression());
            environment.frame().returns(number == null ? 0 : (Integer) number);
        }
        return Flow.RETURN;
    }

    private Flow attempt(Statement.TryCatch attempt) {
        Frame frame = environment.frame();
        LazuliException before = environment.caught();
        try {
            return run(attempt.attempt().statements());
        } catch (LazuliException failure) {
            if (!SqlFailures.isCatchable(failure)) {
                throw failure;
            }
            environment.frame(frame);
            environment.caught(failure);
            environment.property("@@ERROR", SessionEnvironment.number(SqlFailures.error(failure).number()));
            try {
                return run(attempt.handler().statements());
            } finally {
                environment.caught(before);
            }
        }
    }

    private void raise(Statement.Throw raised) {
        if (raised.number() == null) {
            if (environment.caught() == null) {
                throw failure(new SqlError("THROW_OUTSIDE_CATCH", 10704, 15, 1), raised.at(), "To rethrow an error, a THROW statement must "
                    + "be used inside a CATCH block. Insert the THROW statement inside a CATCH block, or add error parameters to the THROW "
                    + "statement.");
            }
            throw environment.caught();
        }
        int number = integer(raised.number());
        if (number < 50000) {
            throw failure(new SqlError("INVALID_ARGUMENT", 35100, 16, 10), raised.at(), "Error number %d in the THROW statement is outside "
                + "the valid range. Specify an error number in the valid range of 50000 to 2147483647.", number);
        }
        throw new LazuliException(new SqlError("SQL_ERROR", number, 16, integer(raised.state())), raised.at(), text(raised.message()),
            null);
    }

    private void raise(Statement.Raise raised) {
        Typed message = value(raised.message());
        List<Typed> arguments = raised.arguments().stream().map(this::value).toList();
        int severity = integer(raised.severity());
        int state = integer(raised.state());
        String text = message.type().isInteger() ? "Error " + database.evaluate(message.expression()) + ", severity " + severity
            + ", state " + state + " was raised, but no message with that error number was found in sys.messages."
            : RaisedMessage.format(String.valueOf(database.evaluate(message.expression())), arguments.stream()
                .map(argument -> database.evaluate(argument.expression())).toList());
        if (severity <= 10) {
            results.add(new Message(text));
            return;
        }
        throw new LazuliException(new SqlError("SQL_ERROR", 50000, severity, state), raised.at(), text, null);
    }

    private int integer(SqlExpression expression) {
        Object number = database.evaluate(StatementBinder.converted(value(expression), SqlType.INT, expression.at()).expression());
        return number == null ? 0 : (Integer) number;
    }

    /** The value as text, {@code (null)} for null. */
    private String text(SqlExpression expression) {
        Object text = database.evaluate(StatementBinder.converted(value(expression), SqlType.nvarchar(4000), expression.at()).expression());
        return text == null ? "(null)" : (String) text;
    }

    private void print(Statement.Print print) {
        Object text = database.evaluate(StatementBinder.converted(value(print.text()), SqlType.nvarchar(4000), print.at()).expression());
        results.add(new Message(text == null ? "" : (String) text));
    }

    private void set(Statement.SetVariable set) {
        Typed old = environment.frame().get(set.name(), set.at());
        String operator = set.operator().substring(0, set.operator().length() - 1);
        environment.frame().set(set.name(), database.value(() -> operator.isEmpty() ? binder().value(set.value(), old.type())
            : binder().combined(old, operator, set.value()), set.at()), set.at());
    }

    private void delay(Statement.WaitFor delay) {
        String[] parts = text(delay.delay()).split(":");
        try {
            double seconds = 0;
            for (String part : parts) {
                seconds = seconds * 60 + Double.parseDouble(part);
            }
            Thread.sleep((long) ((parts.length == 2 ? seconds * 60 : seconds) * 1000));
        } catch (NumberFormatException wrong) {
            throw failure(SqlError.SYNTAX, delay.at(), "Incorrect time syntax in time string '%s' used with WAITFOR.", String.join(":",
                parts));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failure(CommonError.CANCELLED, delay.at(), "The script was cancelled");
        }
    }

}
