package io.lazuli.datafactory.connector.sql;

import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.session.BatchResult;
import io.lazuli.languages.tsql.session.BatchResult.AffectedRows;
import io.lazuli.languages.tsql.session.BatchResult.Column;
import io.lazuli.languages.tsql.session.BatchResult.Message;
import io.lazuli.languages.tsql.session.BatchResult.ResultSet;
import io.lazuli.languages.tsql.session.BatchResult.Value;
import io.lazuli.languages.tsql.session.SqlFailures;
import io.lazuli.languages.tsql.syntax.TsqlParser;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What steps and scripts give, as JSON that gives it back exactly. */
final class StepJson {
    private static final JsonMapper JSON = new JsonMapper();

    private StepJson() {
    }

    static String encode(Object step) {
        ObjectNode json = JSON.createObjectNode();
        switch (step) {
            case Long count -> json.put("count", count);
            case Boolean truth -> json.put("truth", truth);
            case Value value -> json.set("value", value(value));
            case ResultSet set -> json.set("rows", rows(set));
            case LazuliException failure -> json.set("failure", failure(failure));
            case BatchResult result -> json.set("result", result(result));
            default -> throw new IllegalStateException(step.getClass().getName());
        }
        return json.toString();
    }

    static Object decode(String text) {
        JsonNode json = JSON.readTree(text);
        if (json.has("count")) {
            return json.get("count").asLong();
        }
        if (json.has("truth")) {
            return json.get("truth").asBoolean();
        }
        if (json.has("value")) {
            return value(json.get("value"));
        }
        return json.has("rows") ? rows(json.get("rows")) : json.has("failure") ? failure(json.get("failure")) : result(json.get("result"));
    }

    private static ObjectNode value(Value value) {
        return JSON.createObjectNode().put("type", typeName(value.type())).put("text", text(value.value()));
    }

    private static Value value(JsonNode json) {
        SqlType type = type(json.path("type").asString());
        return new Value(parsed(json.get("text"), type), type);
    }

    private static String typeName(SqlType type) {
        return type.toString();
    }

    private static SqlType type(String name) {
        return name.equals("null") ? SqlType.NULL : SqlType.of(TsqlParser.type(name), 1);
    }

    private static String text(Object value) {
        return value == null ? null : value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes)
            : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static Object parsed(JsonNode node, SqlType type) {
        if (node == null || node.isNull()) {
            return null;
        }
        String text = node.asString();
        if (type.dataType() instanceof DecimalType) {
            return new BigDecimal(text);
        }
        return switch ((ScalarType) type.dataType()) {
            case BOOLEAN -> Boolean.valueOf(text);
            case INT8 -> Byte.valueOf(text);
            case UINT8, INT16 -> Short.valueOf(text);
            case INT32 -> Integer.valueOf(text);
            case INT64 -> Long.valueOf(text);
            case FLOAT32 -> Float.valueOf(text);
            case FLOAT64 -> Double.valueOf(text);
            case BINARY -> HexFormat.of().parseHex(text);
            case DATE -> LocalDate.parse(text);
            case TIME -> LocalTime.parse(text);
            case TIMESTAMP -> LocalDateTime.parse(text);
            case INSTANT -> Instant.parse(text);
            case UUID -> UUID.fromString(text);
            case STRING, VARIANT, NULL -> text;
        };
    }

    private static ObjectNode rows(ResultSet set) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode columns = json.putArray("columns");
        set.columns().forEach(column -> columns.addObject().put("name", column.name()).put("type", typeName(column.type())));
        ArrayNode rows = json.putArray("values");
        for (List<Object> row : set.rows()) {
            ArrayNode values = rows.addArray();
            row.forEach(value -> values.add(text(value)));
        }
        return json;
    }

    private static ResultSet rows(JsonNode json) {
        List<Column> columns = new ArrayList<>();
        json.get("columns").forEach(column -> columns.add(new Column(column.path("name").asString(),
            type(column.path("type").asString()))));
        List<List<Object>> rows = new ArrayList<>();
        for (JsonNode values : json.get("values")) {
            List<Object> row = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                row.add(parsed(values.get(i), columns.get(i).type()));
            }
            rows.add(row);
        }
        return new ResultSet(columns, rows);
    }

    private static ObjectNode failure(LazuliException failure) {
        SqlError error = SqlFailures.error(failure);
        return JSON.createObjectNode().put("name", error.name()).put("number", error.number()).put("severity", error.severity())
            .put("state", error.state()).put("message", failure.getMessage()).put("line", failure.place().line())
            .put("column", failure.place().column());
    }

    private static LazuliException failure(JsonNode json) {
        SqlError error = new SqlError(json.path("name").asString(), json.path("number").asInt(), json.path("severity").asInt(),
            json.path("state").asInt());
        Place place = json.path("line").asInt() > 0 ? Place.at(json.path("line").asInt(), json.path("column").asInt()) : Place.UNKNOWN;
        return new LazuliException(error, place, json.path("message").asString(), null);
    }

    private static ObjectNode result(BatchResult result) {
        ObjectNode json = JSON.createObjectNode().put("returnValue", result.returnValue());
        ArrayNode all = json.putArray("results");
        for (BatchResult.Result each : result.results()) {
            switch (each) {
                case ResultSet set -> all.addObject().set("rows", rows(set));
                case AffectedRows rows -> all.addObject().put("affected", rows.count());
                case Message message -> all.addObject().put("message", message.text());
            }
        }
        ObjectNode outputs = json.putObject("outputs");
        result.outputs().forEach((name, value) -> outputs.set(name, value(value)));
        return json;
    }

    private static BatchResult result(JsonNode json) {
        List<BatchResult.Result> results = new ArrayList<>();
        for (JsonNode each : json.get("results")) {
            results.add(each.has("rows") ? rows(each.get("rows")) : each.has("affected") ? new AffectedRows(each.get("affected").asLong())
                : new Message(each.get("message").asString()));
        }
        Map<String, Value> outputs = new LinkedHashMap<>();
        json.get("outputs").properties().forEach(entry -> outputs.put(entry.getKey(), value(entry.getValue())));
        return new BatchResult(results, outputs, json.path("returnValue").asInt());
    }
}
