package io.lazuli.engine.spark;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.Source;
import io.lazuli.algebra.type.Schema;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Runs plans on Spark, in this process or on a cluster. Files and tables are those of another engine, the one at home: it says what
 * columns they have, reads what Spark does not read itself, and runs commands, for which Spark makes the rows. Spark starts with the first
 * plan.
 */
public final class SparkEngine implements Engine {
    private final Engine home;
    private final SparkSettings settings;
    private final SparkInstance spark;

    /** The engine at home is closed by whoever opened it, after this one. */
    public SparkEngine(Engine home, SparkSettings settings) {
        this.home = home;
        this.settings = settings;
        this.spark = new SparkInstance(settings);
    }

    @Override
    public Schema describe(Source source) {
        return source instanceof SparkRows rows ? rows.schema() : home.describe(source);
    }

    @Override
    public Session open() {
        return new SparkPlans(spark, home.open(), settings);
    }

    @Override
    public Kept keep(Plan plan, Execution execution) {
        Session session = home.open();
        boolean done = false;
        try {
            RunningQuery query = RunningQuery.of(plan, spark, session, settings, execution);
            Dataset<Row> rows = query.rows().persist(StorageLevel.MEMORY_AND_DISK());
            KeptRows kept = new KeptRows(new SparkRows(plan.schema(), rows, spark.jobs()), query.counted(rows), query, session);
            done = true;
            return kept;
        } finally {
            if (!done) {
                session.close();
            }
        }
    }

    /** Rows that Spark holds in memory and, where they are many, on disk. */
    private record KeptRows(SparkRows source, long count, RunningQuery query, Session session) implements Kept {
        @Override
        public Plan plan() {
            return new Scan(source, source.schema());
        }

        @Override
        public void close() {
            source.rows().unpersist(true);
            query.close();
            session.close();
        }
    }

    @Override
    public String explain(Plan plan) {
        return new ExplainedSources(spark).text(plan);
    }

    @Override
    public void close() {
        spark.close();
    }
}
