package io.lazuli.datafactory.connector;

import io.lazuli.languages.tsql.session.BatchResult.Column;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A row of a database as Azure's activities print it. */
public final class SqlRow {
    private SqlRow() {
    }

    /** The row as an object; a column without a name is {@code Column1}, by its place. */
    public static ObjectNode json(List<Column> columns, List<Object> values) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name().isEmpty() ? "Column" + (i + 1) : columns.get(i).name();
            row.set(name, JsonValue.of(values.get(i), columns.get(i).type().dataType()));
        }
        return row;
    }
}
