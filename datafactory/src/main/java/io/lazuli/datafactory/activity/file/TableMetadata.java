package io.lazuli.datafactory.activity.file;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.FileError;
import io.lazuli.datafactory.connector.sql.SqlBatch;
import io.lazuli.datafactory.connector.sql.SqlDatabase;
import io.lazuli.datafactory.connector.sql.SqlTableName;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.tsql.session.BatchResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The metadata of a dataset's table or view. */
final class TableMetadata implements ItemMetadata {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final SqlTableName table;
    private final Optional<List<BatchResult.Column>> columns;

    TableMetadata(SqlDatabase database, ResolvedDataset dataset) {
        this.table = SqlTableName.required(dataset);
        this.columns = columns(database);
    }

    /** Views have no entry in the catalog of tables, but can be queried as tables can. */
    private Optional<List<BatchResult.Column>> columns(SqlDatabase database) {
        SqlBatch nothing = new SqlBatch("SELECT * FROM " + database.name(table) + " WHERE 1 = 0", Map.of(), Optional.empty(), 0);
        try {
            return Optional.of(database.run(nothing, Execution.UNWATCHED).resultSets().getFirst().columns());
        } catch (LazuliException problem) {
            if (problem.code().name().equals("TABLE_NOT_FOUND")) {
                return Optional.empty();
            }
            throw problem;
        }
    }

    @Override
    public boolean exists() {
        return columns.isPresent();
    }

    @Override
    public Optional<JsonNode> field(String name) {
        List<BatchResult.Column> found = columns.orElseThrow(() ->
            failure(FileError.FILE_NOT_FOUND, "Invalid object name '%s'", table));
        return switch (name) {
            case "structure" -> Optional.of(structure(found));
            case "columnCount" -> Optional.of(JSON.numberNode(found.size()));
            default -> throw failure(FileError.INVALID_SETTING, "A table has 'structure', 'columnCount' and 'exists', no '%s'", name);
        };
    }

    private static JsonNode structure(List<BatchResult.Column> columns) {
        ArrayNode structure = JSON.arrayNode();
        columns.forEach(column -> structure.add(
            JSON.objectNode().put("name", column.name()).put("type", InterimType.name(column.type().dataType()))));
        return structure;
    }
}
