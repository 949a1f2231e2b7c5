package io.lazuli.datafactory.lineage;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.Command;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.Source;
import io.lazuli.algebra.type.Schema;

/** An engine whose commands a reader hears of before they are run. Closing it closes the engine. */
record RecordingEngine(Engine engine, Reader reader) implements Engine {
    /** Hears of each command, and of the tables that it finds. */
    interface Reader {
        void command(Command command, Session session);
    }

    @Override
    public Schema describe(Source source) {
        return engine.describe(source);
    }

    @Override
    public Session open() {
        return new RecordingSession(engine.open(), reader);
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

    private record RecordingSession(Session session, Reader reader) implements Session {
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
            reader.command(command, session);
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
