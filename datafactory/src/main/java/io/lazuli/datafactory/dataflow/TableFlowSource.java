package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.sql.JdbcSqlDatabase;
import io.lazuli.datafactory.connector.sql.SqlBatch;
import io.lazuli.datafactory.connector.sql.SqlDatabases;
import io.lazuli.datafactory.connector.sql.SqlParameters;
import io.lazuli.datafactory.connector.sql.SqlTableName;
import io.lazuli.datafactory.copy.LocalDatabase;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.transform.Arguments;
import io.lazuli.languages.tsql.session.BatchResult.Value;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A source of a SQL database: the dataset's table, or {@code format: 'query', query: 'SELECT ...'}. */
final class TableFlowSource {
    private TableFlowSource() {
    }

    static Plan rows(Arguments arguments, ResolvedDataset dataset, SqlDatabases databases, Session session) {
        LocalDatabase database = LocalDatabase.of(databases, dataset.linkedService());
        Optional<String> query = arguments.text("query").or(() -> arguments.text("inlineQuery")).filter(text -> !text.isBlank());
        Optional<String> procedure = procedure(arguments);
        if (procedure.isPresent()) {
            return database.procedure(session, procedure.get(), procedureParameters(arguments));
        }
        if (query.isPresent()) {
            return database.query(session, query.get());
        }
        return database.query(session, "SELECT * FROM " + table(arguments, dataset).quoted());
    }

    /** Rows of a real database, which its driver reads as the engine asks for them. */
    static Plan rows(Arguments arguments, ResolvedDataset dataset, JdbcSqlDatabase database) {
        Optional<String> procedure = procedure(arguments);
        if (procedure.isPresent()) {
            Map<String, Value> parameters = SqlParameters.of(procedureParameters(arguments));
            String call = database.call(procedure.get(), parameters.keySet());
            SqlBatch batch = new SqlBatch(call, parameters, Optional.empty(), Integer.MAX_VALUE);
            return LocalDatabase.rows(database.run(batch, Execution.UNWATCHED), call);
        }
        String query = arguments.text("query").or(() -> arguments.text("inlineQuery")).filter(text -> !text.isBlank())
            .orElseGet(() -> "SELECT * FROM " + database.name(table(arguments, dataset)));
        RowSource rows = database.rows(SqlBatch.of(query));
        return new Scan(rows, rows.schema());
    }

    /** The procedure whose rows are read, once, when the flow starts. */
    private static Optional<String> procedure(Arguments arguments) {
        Optional<String> name = arguments.text("procedureName");
        if (name.isEmpty() && arguments.text("format").orElse("table").equals("procedure")) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "A source of format 'procedure' needs procedureName");
        }
        return name;
    }

    /** {@code ['name' -> value]}: numbers and truth values as they are, others as texts. */
    private static ObjectNode procedureParameters(Arguments arguments) {
        ObjectNode parameters = JsonMapper.shared().createObjectNode();
        arguments.value("procedureParameters").ifPresent(value -> {
            if (!(value instanceof Map<?, ?> map)) {
                throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(),
                    "procedureParameters is a map such as ['name' -> 'value']");
            }
            map.forEach((name, given) -> parameters.set(name.toString(), JsonMapper.shared().<JsonNode>valueToTree(
                given == null || given instanceof Number || given instanceof Boolean ? given : given.toString())));
        });
        return parameters;
    }

    /** The table that the options name, else the dataset's. */
    static SqlTableName table(Arguments arguments, ResolvedDataset dataset) {
        return arguments.text("tableName").map(name -> new SqlTableName(arguments.text("schemaName").orElse("dbo"), name))
            .orElseGet(() -> SqlTableName.required(dataset));
    }
}
