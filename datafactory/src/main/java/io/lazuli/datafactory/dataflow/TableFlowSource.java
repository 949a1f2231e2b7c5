package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.sql.JdbcSqlDatabase;
import io.lazuli.datafactory.connector.sql.SqlBatch;
import io.lazuli.datafactory.connector.sql.SqlDatabases;
import io.lazuli.datafactory.connector.sql.SqlTableName;
import io.lazuli.datafactory.copy.LocalDatabase;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.transform.Arguments;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** A source of a SQL database: the dataset's table, or {@code format: 'query', query: 'SELECT ...'}. */
final class TableFlowSource {
    private TableFlowSource() {
    }

    static Plan rows(Arguments arguments, ResolvedDataset dataset, SqlDatabases databases, Session session) {
        LocalDatabase database = LocalDatabase.of(databases, dataset.linkedService());
        Optional<String> query = arguments.text("query").or(() -> arguments.text("inlineQuery")).filter(text -> !text.isBlank());
        String format = arguments.text("format").orElse("table");
        if (format.equals("procedure") || arguments.option("procedureName").isPresent()) {
            String name = arguments.text("procedureName").orElseThrow(() -> failure(CommonError.INVALID_ARGUMENT,
                arguments.statement().at(), "A source of format 'procedure' needs procedureName"));
            return database.procedure(session, name, JsonMapper.shared().createObjectNode());
        }
        if (query.isPresent()) {
            return database.query(session, query.get());
        }
        return database.query(session, "SELECT * FROM " + table(arguments, dataset).quoted());
    }

    /** Rows of a real database, which its driver reads as the engine asks for them. */
    static Plan rows(Arguments arguments, ResolvedDataset dataset, JdbcSqlDatabase database) {
        if (arguments.text("format").orElse("table").equals("procedure") || arguments.option("procedureName").isPresent()) {
            throw failure(CommonError.NOT_SUPPORTED, arguments.statement().at(),
                "Procedures of real databases as sources are not supported");
        }
        String query = arguments.text("query").or(() -> arguments.text("inlineQuery")).filter(text -> !text.isBlank())
            .orElseGet(() -> "SELECT * FROM " + database.name(table(arguments, dataset)));
        RowSource rows = database.rows(SqlBatch.of(query));
        return new Scan(rows, rows.schema());
    }

    /** The table that the options name, else the dataset's. */
    static SqlTableName table(Arguments arguments, ResolvedDataset dataset) {
        return arguments.text("tableName").map(name -> new SqlTableName(arguments.text("schemaName").orElse("dbo"), name))
            .orElseGet(() -> SqlTableName.required(dataset));
    }
}
