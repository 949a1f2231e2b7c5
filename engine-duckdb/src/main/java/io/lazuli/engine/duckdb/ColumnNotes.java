package io.lazuli.engine.duckdb;

import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.type.DataType;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What DuckDB's catalog has no place for, kept as JSON in the column's comment, which lives and dies with the column. */
record ColumnNotes(
    String declaredType, Optional<Integer> maxLength, Optional<CreateTable.Identity> identity, Optional<Expression> defaultValue) {
    static String text(CreateTable.Column column) {
        ObjectNode notes = JsonMapper.shared().createObjectNode();
        notes.put("declared", column.declaredType());
        column.maxLength().ifPresent(length -> notes.put("maxLength", length));
        column.identity().ifPresent(identity -> notes.putArray("identity").add(identity.seed()).add(identity.step()));
        column.defaultValue().ifPresent(value -> notes.set("default", ExpressionJson.write(value)));
        return notes.toString();
    }

    /** The notes of a comment; a table that another program made has none, and its types are declared as they are. */
    static ColumnNotes parse(String comment, DataType type) {
        if (comment == null || !comment.startsWith("{\"declared\"")) {
            return new ColumnNotes(type.toString(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        JsonNode notes = JsonMapper.shared().readTree(comment);
        Optional<Integer> maxLength = notes.has("maxLength") ? Optional.of(notes.get("maxLength").intValue()) : Optional.empty();
        Optional<CreateTable.Identity> identity = notes.has("identity")
            ? Optional.of(new CreateTable.Identity(notes.get("identity").get(0).longValue(), notes.get("identity").get(1).longValue()))
            : Optional.empty();
        return new ColumnNotes(notes.get("declared").asString(), maxLength, identity,
            notes.has("default") ? Optional.of(ExpressionJson.read(notes.get("default"))) : Optional.empty());
    }
}
