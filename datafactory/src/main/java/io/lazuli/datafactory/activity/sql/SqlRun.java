package io.lazuli.datafactory.activity.sql;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Session;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.sql.EffectMarks;
import io.lazuli.datafactory.connector.sql.SqlDatabases;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.session.TsqlSession;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * T-SQL that an activity runs on its linked service's database: one transaction with a mark of the activity run, so that an activity
 * that is run again after an interruption finds its result and changes nothing.
 */
final class SqlRun {
    private static final int ROW_LIMIT = 5_000;

    private final ActivityContext context;
    private final SqlDatabases databases;
    private final String database;

    private SqlRun(ActivityContext context, String database) {
        this.context = context;
        this.databases = context.services().databases();
        this.database = database;
    }

    /** For the activity's own {@code linkedServiceName}. */
    static SqlRun of(ActivityContext context) {
        JsonNode json = context.definition().json().path("linkedServiceName");
        Place place = context.definition().place().member("linkedServiceName");
        ObjectNode parameters = json.get("parameters") instanceof ObjectNode given ? given
            : context.definition().json().objectNode();
        ResolvedLinkedService service = context.linkedService(
            new Reference(json.path("referenceName").asString(""), "LinkedServiceReference", parameters, place));
        if (!SqlDatabases.isDatabase(service.type())) {
            throw failure(CommonError.NOT_SUPPORTED, place, "%s on a linked service of type %s is not supported",
                context.definition().type(), service.type());
        }
        return new SqlRun(context, SqlDatabases.name(service));
    }

    /** Runs the work once; {@code errorCode} is Azure's number for what goes wrong in SQL. */
    ObjectNode once(String errorCode, Function<TsqlSession, ObjectNode> work) {
        EffectMarks marks = new EffectMarks(database);
        try (Session session = databases.open(database)) {
            session.begin();
            Optional<ObjectNode> earlier = marks.find(session, context.activityRunId());
            if (earlier.isPresent()) {
                session.rollback();
                return earlier.get();
            }
            TsqlSession sql = databases.sql(session, database, context.activityRunId(), context.execution(), ROW_LIMIT);
            ObjectNode output = work.apply(sql.withinTransaction());
            marks.add(session, context.activityRunId(), output);
            session.commit();
            return output;
        } catch (LazuliException problem) {
            boolean kept = problem.code() == CommonError.CANCELLED || problem.code().category() == ErrorCode.Category.INTERNAL;
            throw kept ? problem : new ActivityFailure(errorCode, problem.place().position().map(at -> at + ": ").orElse("")
                + problem.getMessage(), problem);
        }
    }
}
