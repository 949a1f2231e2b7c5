package io.lazuli.datafactory.activity.sql;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.connector.sql.SqlBatch;
import io.lazuli.datafactory.connector.sql.SqlDatabase;
import io.lazuli.datafactory.connector.sql.SqlParameters;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Shape;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.tsql.session.BatchResult;
import io.lazuli.languages.tsql.session.BatchResult.Value;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code Script}: runs scripts one after another; the results of those of type {@code Query} are its output. */
public final class ScriptActivity implements ActivityType {
    private static final String ERROR = "2011";
    private static final Shape PARAMETER = Shape.of(Property.string("name"), Property.string("type"),
        Property.of("value", Property.Kind.ANY), Property.oneOf("direction", "Input", "Output", "InputOutput"), Property.integer("size"));
    private static final Shape SCRIPT = Shape.of(Property.string("text").asRequired(), Property.oneOf("type", "Query",
        "NonQuery").asRequired(),
        Property.arrayOf("parameters", PARAMETER));

    @Override
    public String name() {
        return "Script";
    }

    @Override
    public Shape typeProperties() {
        Shape log = Shape.of(Property.oneOf("logDestination", "ActivityOutput", "ExternalStore"),
            Property.object("logLocationSettings", Shape.ANYTHING));
        return Shape.of(Property.arrayOf("scripts", SCRIPT).asRequired(), Property.string("scriptBlockExecutionTimeout"),
            Property.object("logSettings", log), Property.bool("returnMultistatementResult"),
            Property.bool("treatDecimalAsString"));
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return ScriptActivity::run;
    }

    private static ObjectNode run(ActivityContext context) throws InterruptedException {
        Instant started = context.services().clock().instant();
        Settings settings = new Settings(context.properties(), "activity '" + context.definition().name() + "'");
        String destination = settings.json().path("logSettings").path("logDestination").asString("");
        if (destination.equalsIgnoreCase("ExternalStore")) {
            throw failure(CommonError.NOT_SUPPORTED, context.definition().place(), "Script logs with logDestination ExternalStore are not "
                + "supported; ActivityOutput is");
        }
        ScriptOutput output = new ScriptOutput(!destination.isEmpty());
        SqlDatabase database = SqlActivity.database(context);
        int index = 0;
        for (JsonNode script : settings.json().path("scripts")) {
            try {
                run(script, context.activityRunId() + "/" + index++, database, context, output);
            } catch (LazuliException problem) {
                throw SqlActivity.failed(ERROR, "Failed to execute script. Sql error number: %d. Error Message: %s", problem);
            }
        }
        return SqlActivity.finish(output.json(), context, started);
    }

    private static void run(JsonNode script, String key, SqlDatabase database, ActivityContext context, ScriptOutput output) {
        Map<String, Value> parameters = new LinkedHashMap<>();
        Map<String, String> returned = new LinkedHashMap<>();
        for (JsonNode parameter : script.path("parameters")) {
            String name = parameter.path("name").asString("");
            if (name.isEmpty()) {
                throw failure(DataFactoryError.MISSING_PROPERTY, context.definition().place(), "A parameter of a script has no name");
            }
            String variable = SqlParameters.variable(name);
            parameters.put(variable, SqlParameters.value(name, parameter.path("type").asString(""), parameter.get("value")));
            if (!parameter.path("direction").asString("Input").equalsIgnoreCase("Input")) {
                returned.put(variable, name.replaceFirst("^@", ""));
            }
        }
        SqlBatch batch = new SqlBatch(script.path("text").asString(""), parameters, Optional.of(key), ScriptOutput.MAX_ROWS + 1);
        BatchResult result = database.run(batch, context.execution());
        output.add(result, script.path("type").asString("Query").equalsIgnoreCase("Query"), returned);
    }
}
