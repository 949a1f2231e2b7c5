package io.lazuli.datafactory.activity.sql;

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
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.tsql.session.BatchResult.Value;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code SqlServerStoredProcedure} and {@code SqlPoolStoredProcedure}: calls a procedure; its results are left unread. */
public final class StoredProcedureActivity implements ActivityType {
    private static final String ERROR = "2402";
    private final String name;

    public StoredProcedureActivity(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Shape typeProperties() {
        return Shape.of(Property.string("storedProcedureName").asRequired(), Property.object("storedProcedureParameters", Shape.ANYTHING));
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return StoredProcedureActivity::run;
    }

    private static ObjectNode run(ActivityContext context) throws InterruptedException {
        Instant started = context.services().clock().instant();
        Settings settings = new Settings(context.properties(), "activity '" + context.definition().name() + "'");
        String procedure = settings.text("storedProcedureName").orElseThrow(() -> LazuliException.failure(DataFactoryError.MISSING_PROPERTY,
            context.definition().place(), "Activity '%s' has no storedProcedureName", context.definition().name()));
        Map<String, Value> parameters = SqlParameters.of(settings.json().path("storedProcedureParameters"));
        try {
            SqlDatabase database = SqlActivity.database(context);
            database.run(new SqlBatch(database.call(procedure, parameters.keySet()), parameters,
                Optional.of(context.activityRunId()), 0), context.execution());
        } catch (LazuliException problem) {
            throw SqlActivity.failed(ERROR,
                "Execution fail against sql server. Please contact SQL Server team if you need further support. "
                + "Sql error number: %d. Error Message: %s", problem);
        }
        return SqlActivity.finish(JsonNodeFactory.instance.objectNode(), context, started);
    }
}
