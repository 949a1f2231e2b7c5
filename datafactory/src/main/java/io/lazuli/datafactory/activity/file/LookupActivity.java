package io.lazuli.datafactory.activity.file;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.configuration.LimitSettings;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.SqlRow;
import io.lazuli.datafactory.connector.StandInRows;
import io.lazuli.datafactory.connector.file.FileLocation;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.connector.http.HttpFile;
import io.lazuli.datafactory.connector.http.RestService;
import io.lazuli.datafactory.connector.http.WebEndpoints;
import io.lazuli.datafactory.connector.sql.SqlBatch;
import io.lazuli.datafactory.connector.sql.SqlDatabase;
import io.lazuli.datafactory.connector.sql.SqlDatabases;
import io.lazuli.datafactory.connector.sql.SqlReader;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Shape;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.tsql.session.BatchResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code Lookup}: the first row, or the rows, of files, a table, a query or a procedure, for expressions to read. */
public final class LookupActivity implements ActivityType {
    /** Azure's number for what is wrong with the data that is looked up. */
    private static final String ERROR = "2100";

    @Override
    public String name() {
        return "Lookup";
    }

    @Override
    public Shape typeProperties() {
        return Shape.of(
            Property.object("source", Shape.ANYTHING).asRequired(),
            Property.of("dataset", Property.Kind.DATASET_REFERENCE).asRequired(),
            Property.bool("firstRowOnly"));
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return LookupActivity::run;
    }

    private static ObjectNode run(ActivityContext context) {
        Instant started = context.services().clock().instant();
        ResolvedDataset dataset = FileActivity.dataset(context);
        Settings settings = FileActivity.settings(context);
        LimitSettings limits = context.services().configuration().limits();
        LookupResult result = new LookupResult(
            settings.flag("firstRowOnly", true), limits.lookupRows().most(), limits.lookupBytes().most());
        try {
            read(context, dataset, settings.object("source"), result);
        } catch (LazuliException problem) {
            throw failed(problem);
        }
        return FileActivity.finish(result.output(), context, started);
    }

    private static void read(ActivityContext context, ResolvedDataset dataset, Settings source, LookupResult result) {
        Optional<StandInRows> standIn = StandInRows.of(context.services().configuration(), dataset.linkedService());
        if (standIn.isPresent()) {
            try (StandInRows rows = standIn.get()) {
                FileRows.add(context.services().engine(), rows.source(), context.execution(), result);
            }
            return;
        }
        SqlDatabases databases = context.services().databases();
        if (databases.isDatabase(dataset.linkedService())) {
            readDatabase(databases.open(dataset.linkedService()), context, dataset, source, result);
            return;
        }
        if (dataset.linkedService().type().equals(WebEndpoints.HTTP)) {
            RestService service = WebEndpoints.service(
                context.services().configuration(), dataset.linkedService(), context.services().secrets()::resolve);
            try (HttpFile file = HttpFile.open(service, dataset, source, context.services().clock().instant())) {
                new FileRows(context.services(), file.selection(), dataset, source, context.execution()).addTo(result);
            }
            return;
        }
        if (!FileLocation.isFiles(dataset)) {
            throw LazuliException.failure(CommonError.NOT_SUPPORTED, dataset.place(),
                "Lookup in dataset '%s' of type %s is not supported", dataset.name(), dataset.type());
        }
        FileRows.ofStore(context.services(), dataset, source, context.execution()).addTo(result);
    }

    private static void readDatabase(
        SqlDatabase database, ActivityContext context, ResolvedDataset dataset, Settings source, LookupResult result) {
        SqlBatch batch = SqlReader.batch(database, dataset, source, context.activityRunId(), result.rowLimit());
        BatchResult read = database.run(batch, context.execution());
        BatchResult.ResultSet set = read.resultSets().stream().findFirst().orElseThrow(() -> LazuliException.failure(
            CommonError.INVALID_ARGUMENT, "The query of the lookup returned no result set"));
        for (List<Object> row : set.rows()) {
            result.add(SqlRow.json(set.columns(), row));
        }
    }

    /** What the user can mend has Azure's number; refusals and mistakes of this program keep their codes. */
    private static RuntimeException failed(LazuliException problem) {
        boolean kept = problem.code() == CommonError.NOT_SUPPORTED || problem.code() == CommonError.CANCELLED
            || problem.code().category() == ErrorCode.Category.INTERNAL;
        return kept ? problem : new ActivityFailure(ERROR, problem.getMessage(), problem);
    }
}
