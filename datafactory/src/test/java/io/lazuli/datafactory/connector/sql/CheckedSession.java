package io.lazuli.datafactory.connector.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.Command;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.json.PlanJson;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Plans;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.RowSource;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.json.JsonMapper;

/** A session that asks of each query that its plan comes back from JSON as it was. */
public record CheckedSession(Session session) implements Session {
    /** Fails when the plan is another after it was JSON; plans with rows that code makes have no such form. */
    public static void requireSameFromJson(Plan plan) {
        AtomicBoolean hasForm = new AtomicBoolean(true);
        Plans.forEach(plan, part -> {
            if (part instanceof Scan scan && scan.source() instanceof RowSource) {
                hasForm.set(false);
            }
            return true;
        });
        if (hasForm.get()) {
            assertThat(PlanJson.read(JsonMapper.shared().readTree(PlanJson.write(plan).toString()))).isEqualTo(plan);
        }
    }

    @Override
    public RowCursor query(Plan plan, Execution execution) {
        requireSameFromJson(plan);
        return session.query(plan, execution);
    }

    @Override
    public Catalog catalog(String database) {
        return session.catalog(database);
    }

    @Override
    public long execute(Command command, Execution execution) {
        return session.execute(command, execution);
    }

    @Override
    public void begin() {
        session.begin();
    }

    @Override
    public void commit() {
        session.commit();
    }

    @Override
    public void rollback() {
        session.rollback();
    }

    @Override
    public void close() {
        session.close();
    }
}
