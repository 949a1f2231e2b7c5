package io.lazuli.datafactory.activity.sql;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.connector.JsonValue;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Shape;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.session.BatchResult;
import io.lazuli.languages.tsql.session.BatchResult.Value;
import io.lazuli.languages.tsql.session.TsqlSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code Script}: T-SQL blocks on a database, all in one transaction; gives result sets, counts and output parameters. */
public final class ScriptActivity implements ActivityType {
    private static final String ERROR = "2011";

    @Override
    public String name() {
        return "Script";
    }

    @Override
    public Shape typeProperties() {
        Shape parameter = Shape.of(Property.string("name"), Property.string("type"), Property.of("value", Property.Kind.ANY),
            Property.oneOf("direction", "Input", "Output", "InputOutput"), Property.integer("size"));
        return Shape.of(
            Property.arrayOf("scripts", Shape.of(Property.oneOf("type", "Query", "NonQuery"), Property.string("text"),
                Property.arrayOf("parameters", parameter))).asRequired(),
            Property.string("scriptBlockExecutionTimeout"),
            Property.object("logSettings", Shape.ANYTHING),
            Property.bool("returnMultistatementResult"));
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return context -> SqlRun.of(context).once(ERROR, sql -> run(context, sql));
    }

    private static ObjectNode run(ActivityContext context, TsqlSession sql) {
        ArrayNode sets = JsonNodeFactory.instance.arrayNode();
        ObjectNode outputs = JsonNodeFactory.instance.objectNode();
        StringBuilder messages = new StringBuilder();
        long affected = 0;
        Place place = context.definition().place().member("typeProperties").member("scripts");
        List<JsonNode> scripts = context.properties().path("scripts").valueStream().toList();
        for (int i = 0; i < scripts.size(); i++) {
            BatchResult result = sql.run(scripts.get(i).path("text").asString(""), parameters(scripts.get(i), place.element(i)));
            result.resultSets().forEach(set -> sets.add(resultSet(set)));
            result.messages().forEach(message -> messages.append(message).append('\n'));
            affected += Math.max(0, result.recordsAffected());
            result.outputs().forEach((name, value) ->
                outputs.set(name.substring(1), JsonValue.of(value.value(), value.type().dataType())));
        }
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.put("resultSetCount", sets.size());
        output.put("recordsAffected", affected);
        output.set("resultSets", sets);
        output.set("outputParameters", outputs);
        output.put("outputLogs", messages.toString());
        output.put("outputLogsLocation", "");
        output.put("outputTruncated", false);
        return output;
    }

    private static Map<String, Value> parameters(JsonNode script, Place place) {
        Map<String, Value> parameters = new LinkedHashMap<>();
        for (JsonNode parameter : script.path("parameters")) {
            String name = parameter.path("name").asString("");
            Value value = SqlParameters.of(name, parameter.path("type").asString("String"), parameter.get("value"), place);
            parameters.put(name.startsWith("@") ? name : "@" + name, value);
        }
        return parameters;
    }

    static ObjectNode resultSet(BatchResult.ResultSet set) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("rowCount", set.rows().size());
        ArrayNode rows = json.putArray("rows");
        set.rows().forEach(row -> rows.add(row(set.columns(), row)));
        return json;
    }

    private static ObjectNode row(List<BatchResult.Column> columns, List<Object> values) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name().isEmpty() ? "Column" + (i + 1) : columns.get(i).name();
            row.set(name, JsonValue.of(values.get(i), columns.get(i).type().dataType()));
        }
        return row;
    }
}
