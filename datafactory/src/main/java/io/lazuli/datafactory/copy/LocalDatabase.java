package io.lazuli.datafactory.copy;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.InsertRows;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.connector.ReadRows;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.sql.SqlDatabases;
import io.lazuli.datafactory.connector.sql.SqlParameters;
import io.lazuli.datafactory.connector.sql.SqlTableName;
import io.lazuli.datafactory.copy.failure.CopyFailure;
import io.lazuli.languages.tsql.bind.BoundQuery;
import io.lazuli.languages.tsql.session.BatchResult;
import io.lazuli.languages.tsql.session.Steps;
import io.lazuli.languages.tsql.session.TsqlSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The engine's database of the server and database that a linked service names. */
public record LocalDatabase(SqlDatabases databases, String name) implements CopyDatabase {
    public static LocalDatabase of(SqlDatabases databases, ResolvedLinkedService service) {
        return new LocalDatabase(databases, SqlDatabases.name(service));
    }

    @Override
    public Session open() {
        return databases.session(name);
    }

    @Override
    public ReentrantLock writer() {
        return databases.writer(name);
    }

    @Override
    public Plan query(Session session, String text) {
        try (TsqlSession script = script(session)) {
            Optional<BoundQuery> query = script.query(text);
            return query.map(LocalDatabase::named).orElseGet(() -> rows(script.run(text, Map.of()), text));
        }
    }

    /** The query's columns under the names that it shows; those without a name are {@code Column1}, those named twice get a number. */
    private static Plan named(BoundQuery query) {
        List<String> names = names(query.columns().stream().map(BoundQuery.Column::name).toList());
        List<NamedExpression> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Field field = query.plan().schema().field(query.columns().get(i).inPlan());
            columns.add(new NamedExpression(names.get(i), ColumnReference.of(field)));
        }
        return new Project(query.plan(), columns);
    }

    private static List<String> names(List<String> shown) {
        List<String> names = new ArrayList<>();
        for (String name : shown) {
            String plain = name.isEmpty() ? "Column" + (names.size() + 1) : name;
            String free = plain;
            for (int number = 1; names.contains(free); number++) {
                free = plain + number;
            }
            names.add(free);
        }
        return names;
    }

    /** The rows of the last query of a script, which was this text. */
    public static Plan rows(BatchResult result, String text) {
        List<BatchResult.ResultSet> results = result.resultSets();
        if (results.isEmpty()) {
            throw CopyFailure.on("Source", "SqlInvalidDbQueryString", "The specified SQL Query is not valid. It could be caused by "
                + "that the query doesn't return any data. Invalid query: '" + text + "'", null);
        }
        BatchResult.ResultSet last = results.getLast();
        List<String> names = names(last.columns().stream().map(BatchResult.Column::name).toList());
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            fields.add(new Field(names.get(i), last.columns().get(i).type().dataType()));
        }
        Schema schema = new Schema(fields);
        return new Scan(new ReadRows(schema, last.rows()), schema);
    }

    private TsqlSession script(Session session) {
        return databases.sql(session, name, Steps.UNRECORDED, "copy", Execution.UNWATCHED, Integer.MAX_VALUE);
    }

    @Override
    public Plan procedure(Session session, String procedure, JsonNode given) {
        Map<String, BatchResult.Value> parameters = SqlParameters.of(given);
        try (TsqlSession script = script(session)) {
            String call = databases.local(name).call(procedure, parameters.keySet());
            return rows(script.run(call, parameters), call);
        }
    }

    @Override
    public long call(Session session, TableProcedure procedure, Function<Catalog.Table, Plan> rows) {
        Map<String, BatchResult.Value> parameters = SqlParameters.of(procedure.others());
        String variable = "@lazuli_rows";
        try (TsqlSession script = script(new JoinedSession(session))) {
            script.run("DECLARE " + variable + " " + SqlTableName.bracketed(procedure.type()), Map.of());
            TableName table = script.temporaryTable(variable).orElseThrow();
            Plan plan = rows.apply(session.catalog(name).table(table.schema(), table.name()).orElseThrow());
            long count = session.execute(new InsertRows(table, plan.schema().names(), plan), Execution.UNWATCHED);
            String call = databases.local(name).call(procedure.name(), parameters.keySet());
            script.run(call + (parameters.isEmpty() ? " " : ", ") + SqlParameters.variable(procedure.parameter()) + " = " + variable,
                parameters);
            return count;
        }
    }

    @Override
    public void script(Session session, String text) {
        try (TsqlSession script = script(new JoinedSession(session))) {
            script.run(text, Map.of());
        }
    }
}
