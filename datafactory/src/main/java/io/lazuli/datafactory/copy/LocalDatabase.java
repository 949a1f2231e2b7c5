package io.lazuli.datafactory.copy;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.sql.SqlDatabases;
import io.lazuli.datafactory.copy.failure.CopyFailure;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.tsql.bind.BoundQuery;
import io.lazuli.languages.tsql.session.BatchResult;
import io.lazuli.languages.tsql.session.TsqlSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The engine's database of the server and database that a linked service names. */
record LocalDatabase(SqlDatabases databases, String name) implements CopyDatabase {
    static boolean isDatabase(String linkedServiceType) {
        return SqlDatabases.isDatabase(linkedServiceType);
    }

    static LocalDatabase of(SqlDatabases databases, ResolvedLinkedService service) {
        return new LocalDatabase(databases, SqlDatabases.name(service));
    }

    @Override
    public Session open() {
        return databases.open(name);
    }

    @Override
    public Plan query(Session session, String text) {
        try (TsqlSession script = script(session)) {
            Optional<BoundQuery> query = script.query(text);
            return query.map(LocalDatabase::named).orElseGet(() -> rows(script, text));
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

    /** The rows of the last query of a script. */
    private static Plan rows(TsqlSession script, String text) {
        List<BatchResult.ResultSet> results = script.run(text, Map.of()).resultSets();
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
        return databases.sql(session, name, "copy", Execution.UNWATCHED, Integer.MAX_VALUE);
    }

    @Override
    public Plan procedure(Session session, String procedure, JsonNode parameters) {
        StringBuilder call = new StringBuilder("EXEC ").append(procedure);
        String separator = " ";
        for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
            call.append(separator).append('@').append(parameter.getKey().replaceFirst("^@", "")).append(" = ")
                .append(literal(parameter.getValue()));
            separator = ", ";
        }
        try (TsqlSession script = script(session)) {
            return rows(script, call.toString());
        }
    }

    private static String literal(JsonNode parameter) {
        JsonNode value = parameter.isObject() ? parameter.path("value") : parameter;
        String type = parameter.path("type").asString("String").toLowerCase(Locale.ROOT);
        if (value.isNull() || value.isMissingNode()) {
            return "NULL";
        }
        String text = value.asString();
        return switch (type) {
            case "int", "int16", "int32", "int64", "decimal", "double", "single" -> {
                if (!text.strip().matches("[+-]?[0-9.]+([eE][+-]?\\d+)?")) {
                    throw failure(CommonError.INVALID_ARGUMENT, "Parameter value '%s' of a stored procedure is no %s", text, type);
                }
                yield text.strip();
            }
            case "boolean" -> text.equalsIgnoreCase("true") || text.equals("1") ? "1" : "0";
            default -> "N'" + text.replace("'", "''") + "'";
        };
    }

    @Override
    public void script(Session session, String text) {
        try (TsqlSession script = script(new JoinedSession(session))) {
            script.run(text, Map.of());
        }
    }
}
