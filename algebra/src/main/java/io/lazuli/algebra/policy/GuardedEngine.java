package io.lazuli.algebra.policy;

import io.lazuli.algebra.engine.AlterTable;
import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.Command;
import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.DeleteRows;
import io.lazuli.algebra.engine.DropTable;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.InsertRows;
import io.lazuli.algebra.engine.MergeRows;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.engine.TruncateTable;
import io.lazuli.algebra.engine.UpdateRows;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.Source;
import io.lazuli.algebra.type.Schema;

/**
 * An engine that shows a principal what a policy allows, whatever language a plan comes from. Updates, deletes and merges reach only the
 * rows that the principal sees; inserts are not restricted.
 */
public final class GuardedEngine implements Engine {
    private final Engine engine;
    private final PolicyRewrite rewrite;

    /** Closes the engine when it is closed. */
    public GuardedEngine(Engine engine, AccessPolicy policy, String principal) {
        this.engine = engine;
        this.rewrite = new PolicyRewrite(policy, principal, engine::describe);
    }

    @Override
    public Schema describe(Source source) {
        return engine.describe(source);
    }

    @Override
    public Session open() {
        return new GuardedSession(engine.open(), rewrite);
    }

    @Override
    public Kept keep(Plan plan, Execution execution) {
        return engine.keep(rewrite.rewritten(plan), execution);
    }

    @Override
    public String explain(Plan plan) {
        return engine.explain(rewrite.rewritten(plan));
    }

    @Override
    public void close() {
        engine.close();
    }

    private record GuardedSession(Session session, PolicyRewrite rewrite) implements Session {
        @Override
        public Catalog catalog(String database) {
            return session.catalog(database);
        }

        @Override
        public RowCursor query(Plan plan, Execution execution) {
            return session.query(rewrite.rewritten(plan), execution);
        }

        @Override
        public long execute(Command command, Execution execution) {
            return session.execute(rewritten(command), execution);
        }

        private Command rewritten(Command command) {
            return switch (command) {
                case InsertRows insert -> new InsertRows(insert.table(), insert.columns(), rewrite.rewritten(insert.rows()));
                case MergeRows merge -> new MergeRows(merge.table(), merge.columns(), merge.keys(), rewrite.rewritten(merge.rows()),
                    rewrite.rewritten(merge.table(), merge.found()));
                case UpdateRows update -> new UpdateRows(update.table(), update.assignments().stream().map(column ->
                    new NamedExpression(column.name(), rewrite.rewritten(column.expression()))).toList(),
                    rewrite.rewritten(update.table(), update.condition()));
                case DeleteRows delete -> new DeleteRows(delete.table(), rewrite.rewritten(delete.table(), delete.condition()));
                case WriteFile write ->
                    new WriteFile(rewrite.rewritten(write.rows()), write.format(), write.file(), write.head());
                case CreateTable _, AlterTable _, DropTable _, TruncateTable _ -> command;
            };
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
}
