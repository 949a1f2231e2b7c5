package io.lazuli.datafactory.dataflow;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.Command;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.Source;
import io.lazuli.algebra.type.Schema;

/** An engine beside whose commands, such as writing a file, someone else does something. */
record BusyEngine(Engine engine, Runnable meanwhile) implements Engine {
    @Override
    public Schema describe(Source source) {
        return engine.describe(source);
    }

    @Override
    public Session open() {
        return new BusySession(engine.open(), meanwhile);
    }

    @Override
    public Kept keep(Plan plan, Execution execution) {
        return engine.keep(plan, execution);
    }

    @Override
    public String explain(Plan plan) {
        return engine.explain(plan);
    }

    @Override
    public void close() {
        engine.close();
    }

    private record BusySession(Session session, Runnable meanwhile) implements Session {
        @Override
        public Catalog catalog(String database) {
            return session.catalog(database);
        }

        @Override
        public RowCursor query(Plan plan, Execution execution) {
            return session.query(plan, execution);
        }

        @Override
        public long execute(Command command, Execution execution) {
            meanwhile.run();
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
}
