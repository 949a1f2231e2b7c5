package io.lazuli.engine.spark;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.Schema;
import io.lazuli.engine.spark.render.PlanSql;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A plan as Spark's rows, with what it reads; closing it forgets both. A cancelled execution stops its jobs. */
record RunningQuery(Schema schema, Dataset<Row> rows, QuerySources sources, JobGroup jobs) implements AutoCloseable {
    static RunningQuery of(Plan plan, SparkInstance spark, Session home, SparkSettings settings, Execution execution) {
        JobGroup jobs = spark.jobs();
        jobs.watch(execution);
        jobs.enter();
        QuerySources sources = new QuerySources(spark, home, settings, plan, execution);
        boolean done = false;
        try {
            String sql = new PlanSql(sources).of(plan);
            RunningQuery query = new RunningQuery(plan.schema(), spark.session().sql(sql), sources, jobs);
            done = true;
            return query;
        } catch (Exception e) {
            throw SparkErrors.translate(e);
        } finally {
            if (!done) {
                jobs.leave();
                sources.close();
            }
        }
    }

    /** The rows one by one; the query is closed with them. */
    RowCursor cursor() {
        try {
            return new SparkCursor(schema, rows.toLocalIterator(), jobs, this::close);
        } catch (Exception e) {
            close();
            throw SparkErrors.translate(e);
        }
    }

    /** The number of rows; the query is closed if it fails. */
    long counted(Dataset<Row> kept) {
        try {
            return kept.count();
        } catch (Exception e) {
            close();
            throw SparkErrors.translate(e);
        } finally {
            jobs.leave();
        }
    }

    @Override
    public void close() {
        jobs.leave();
        sources.close();
    }
}
