package io.lazuli.engine.spark;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.foundation.CommonError;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;

/** Runs plans of constants on Spark. Sources, commands and kept rows are not there yet, so it is no engine of the algebra's. */
public final class SparkQueries implements AutoCloseable {
    private final SparkSettings settings;
    private SparkSession spark;
    private boolean closed;

    public SparkQueries(SparkSettings settings) {
        this.settings = settings;
    }

    /** Runs a plan; rows stream while the cursor is read, by the thread that opened it. */
    public RowCursor query(Plan plan, Execution execution) {
        String sql = explain(plan);
        SparkSession session = session();
        String group = UUID.randomUUID().toString();
        session.sparkContext().setJobGroup(group, "lazuli", true);
        execution.onCancel(() -> session.sparkContext().cancelJobGroup(group));
        try {
            return new SparkCursor(plan.schema(), session.sql(sql).toLocalIterator());
        } catch (Exception e) {
            throw SparkErrors.translate(e);
        }
    }

    /** The plan as Spark SQL, for people. */
    public String explain(Plan plan) {
        return new PlanSql().of(plan);
    }

    private synchronized SparkSession session() {
        if (closed) {
            throw failure(CommonError.INVALID_ARGUMENT, "The engine is closed");
        }
        if (spark == null) {
            spark = start();
            JavaFunctions.register(spark);
        }
        return spark;
    }

    private SparkSession start() {
        return SparkSession.builder().master(settings.master()).appName("lazuli")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.local.dir", settings.temporaryDirectory().toString())
            .config("spark.sql.warehouse.dir", settings.temporaryDirectory().resolve("warehouse").toString())
            .config("spark.sql.shuffle.partitions", settings.shufflePartitions())
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.ansi.enabled", true)
            .config("spark.sql.variable.substitute", false)
            .config("spark.sql.datetime.java8API.enabled", true)
            // Sums of decimals of 38 digits keep their scale and fail when they are too large.
            .config("spark.sql.decimalOperations.allowPrecisionLoss", false)
            .getOrCreate();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (spark != null) {
            spark.stop();
        }
    }
}
