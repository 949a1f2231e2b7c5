package io.lazuli.datafactory.activity.file;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Session;
import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.connector.JsonValue;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.connector.sql.SqlDatabases;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.tsql.session.BatchResult;
import io.lazuli.languages.tsql.session.TsqlSession;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The rows of a table, a query or a script of a SQL database, for a Lookup: the first result set. */
final class TableRows {
    private static final int ROW_LIMIT = 5_000;

    private final ActivityContext context;
    private final ResolvedDataset dataset;
    private final Settings source;

    TableRows(ActivityContext context, ResolvedDataset dataset, Settings source) {
        this.context = context;
        this.dataset = dataset;
        this.source = source;
    }

    void addTo(LookupResult result) {
        SqlDatabases databases = context.services().databases();
        String database = SqlDatabases.name(dataset.linkedService());
        try (Session session = databases.open(database);
                TsqlSession sql = databases.sql(session, database, context.activityRunId(), context.execution(), ROW_LIMIT)) {
            BatchResult answer = sql.run(text(), Map.of());
            BatchResult.ResultSet first = answer.resultSets().stream().findFirst().orElseThrow(() -> failure(
                CommonError.INVALID_ARGUMENT, dataset.place(), "The query of the lookup gives no rows to read: it has no SELECT"));
            for (List<Object> row : first.rows()) {
                if (result.isFull()) {
                    break;
                }
                result.add(row(first.columns(), row));
            }
        }
    }

    private String text() {
        if (source.text("sqlReaderStoredProcedureName").isPresent()) {
            throw failure(CommonError.NOT_SUPPORTED, dataset.place(), "A lookup's sqlReaderStoredProcedureName is not supported");
        }
        return source.text("sqlReaderQuery").or(() -> source.text("query")).orElseGet(this::wholeTable);
    }

    private String wholeTable() {
        String table = dataset.typeProperties().path("table").asString("");
        String name = table.isEmpty() ? dataset.typeProperties().path("tableName").asString("")
            : Stream.of(dataset.typeProperties().path("schema").asString("dbo"), table).map(part -> "[" + part.replace("]", "]]") + "]")
                .collect(Collectors.joining("."));
        if (name.isEmpty()) {
            throw failure(DataFactoryError.MISSING_PROPERTY, dataset.place(), "Dataset '%s' names no table, and the source has no query",
                dataset.name());
        }
        return "SELECT * FROM " + name;
    }

    private static ObjectNode row(List<BatchResult.Column> columns, List<Object> values) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            row.set(columns.get(i).name().isEmpty() ? "Column" + (i + 1) : columns.get(i).name(),
                JsonValue.of(values.get(i), columns.get(i).type().dataType()));
        }
        return row;
    }
}
