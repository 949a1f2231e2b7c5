package io.lazuli.datafactory.activity.sql;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Shape;
import io.lazuli.languages.tsql.session.BatchResult.Value;
import io.lazuli.languages.tsql.session.TsqlSession;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code SqlServerStoredProcedure}, {@code SqlPoolStoredProcedure}: calls a procedure with named parameters; its rows are not given. */
public record StoredProcedureActivity(String name) implements ActivityType {
    private static final String ERROR = "2402";

    @Override
    public Shape typeProperties() {
        return Shape.of(
            Property.string("storedProcedureName").asRequired(),
            Property.object("storedProcedureParameters", Shape.ANYTHING));
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return context -> SqlRun.of(context).once(ERROR, sql -> call(context, sql));
    }

    private static ObjectNode call(ActivityContext context, TsqlSession sql) {
        ObjectNode properties = context.properties();
        Map<String, Value> values = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> parameter : properties.path("storedProcedureParameters").properties()) {
            String variable = "@p" + values.size();
            names.put(parameter.getKey(), variable);
            values.put(variable, SqlParameters.of(parameter.getKey(), parameter.getValue().path("type").asString("String"),
                parameter.getValue().get("value"), context.definition().place().member("typeProperties")));
        }
        String arguments = names.entrySet().stream()
            .map(name -> (name.getKey().startsWith("@") ? "" : "@") + name.getKey() + " = " + name.getValue())
            .collect(Collectors.joining(", "));
        sql.run("EXEC " + quoted(properties.path("storedProcedureName").asString("")) + " " + arguments, values);
        return JsonNodeFactory.instance.objectNode();
    }

    /** Azure writes {@code [dbo].[name]} or {@code dbo.name}; a bare part is bracketed. */
    private static String quoted(String name) {
        return name.contains("[") ? name
            : Arrays.stream(name.split("\\.")).map(part -> "[" + part + "]").collect(Collectors.joining("."));
    }
}
