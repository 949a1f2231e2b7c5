package io.lazuli.datafactory.activity.sql;

import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.Services;
import io.lazuli.datafactory.connector.sql.SqlDatabase;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.tsql.session.SqlFailures;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** What the activities on databases share. */
final class SqlActivity {
    private SqlActivity() {
    }

    /** The database of the activity's linked service. */
    static SqlDatabase database(ActivityContext context) {
        Services services = context.services();
        return services.databases().open(context.linkedService(
            Reference.of(context.definition().json(), "linkedServiceName", context.definition().place())));
    }

    /** Ends an output as the monitor shows it. */
    static ObjectNode finish(ObjectNode output, ActivityContext context, Instant started) {
        output.put("effectiveIntegrationRuntime", "AutoResolveIntegrationRuntime (Local)");
        output.put("executionDuration", Math.max(0, context.services().clock().instant().getEpochSecond() - started.getEpochSecond()));
        output.set("durationInQueue", output.objectNode().put("integrationRuntimeQueue", 0));
        return output;
    }

    /** The failure as Azure words it; refusals and mistakes of this program keep their codes, an interruption becomes one. */
    static RuntimeException failed(String code, String message, LazuliException problem) throws InterruptedException {
        if (problem.code() == CommonError.CANCELLED) {
            throw new InterruptedException(problem.getMessage());
        }
        boolean kept = problem.code() == CommonError.NOT_SUPPORTED || problem.code().category() == ErrorCode.Category.INTERNAL;
        return kept ? problem : new ActivityFailure(code, message.formatted(SqlFailures.error(problem).number(), problem.getMessage()),
            problem);
    }
}
