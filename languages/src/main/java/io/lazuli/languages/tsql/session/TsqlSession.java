package io.lazuli.languages.tsql.session;

import io.lazuli.algebra.engine.DropTable;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.source.TableName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.bind.BoundQuery;
import io.lazuli.languages.tsql.bind.StatementBinder;
import io.lazuli.languages.tsql.bind.Typed;
import io.lazuli.languages.tsql.session.BatchResult.Value;
import io.lazuli.languages.tsql.syntax.Statement;
import io.lazuli.languages.tsql.syntax.TsqlParser;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs T-SQL scripts on one database through an engine's session.
 *
 * <p>A statement that fails outside TRY ends the script; what was committed before it stays. Used by one thread at a time.
 */
public final class TsqlSession implements AutoCloseable {
    private final SessionEnvironment environment;
    private final DatabaseAccess access;
    private final StoredObjects objects;
    private final Session session;

    /**
     * Opens a session; the engine's session stays the caller's to close.
     *
     * @param steps remembers what the script does, or {@link Steps#UNRECORDED}
     * @param identity names the session's temporary tables; the same for a script that is run again after an interruption
     * @param rowLimit how many rows of a result are read at most
     */
    public TsqlSession(Session session, String database, Clock clock, Steps steps, String identity, Execution execution, int rowLimit) {
        this.session = session;
        this.objects = new StoredObjects(session, database);
        this.access = new DatabaseAccess(session, steps, execution, rowLimit);
        this.environment = new SessionEnvironment(() -> session.catalog(database), objects, clock, access::evaluate, "#" + identity);
    }

    /** Makes everything that follows part of the transaction that the caller began on the engine's session and commits. */
    public TsqlSession withinTransaction() {
        access.transactions().adopt();
        return this;
    }

    /** Runs a script with variables of these names (with {@code @}) and values; its outputs are their values at its end. */
    public BatchResult run(String script, Map<String, Value> parameters) {
        List<BatchResult.Result> results = new ArrayList<>();
        Interpreter interpreter = new Interpreter(access, environment, objects, results);
        Frame frame = new Frame();
        for (List<Statement> batch : TsqlParser.script(script)) {
            objects.refresh();
            frame = frame(parameters);
            environment.frame(frame);
            interpreter.run(batch);
        }
        return new BatchResult(results, outputs(frame, parameters), frame.returnValue());
    }

    /** The plan of a script that is one query and changes nothing; empty for every other script, which {@link #run} runs. */
    public Optional<BoundQuery> query(String script) {
        List<List<Statement>> batches = TsqlParser.script(script);
        boolean one = batches.size() == 1 && batches.getFirst().size() == 1;
        if (!one || !(batches.getFirst().getFirst() instanceof Statement.SelectStatement select)) {
            return Optional.empty();
        }
        objects.refresh();
        environment.frame(new Frame());
        return Optional.of(new StatementBinder(environment).query(select.query()));
    }

    /** The table behind a table variable or temporary table that a script of this session made, by its name with {@code @} or #. */
    public Optional<TableName> temporaryTable(String name) {
        return environment.temporaryTable(name);
    }

    private static Frame frame(Map<String, Value> parameters) {
        Frame frame = new Frame();
        parameters.forEach((name, value) -> frame.declare(name, new Typed(new Literal(value.value(), value.type().dataType()),
            value.type()),
            Place.UNKNOWN));
        return frame;
    }

    private Map<String, Value> outputs(Frame frame, Map<String, Value> parameters) {
        Map<String, Value> outputs = new LinkedHashMap<>();
        parameters.keySet().stream().filter(frame::knows).forEach(name -> {
            Typed value = frame.get(name, Place.UNKNOWN);
            outputs.put(name, new Value(access.evaluate(value.expression()), value.type()));
        });
        return outputs;
    }

    /** Undoes what was not committed and removes the temporary tables. */
    @Override
    public void close() {
        access.transactions().abandon();
        environment.temporary().values().forEach(table -> session.execute(new DropTable(table, true), Execution.UNWATCHED));
    }
}
