package io.lazuli.engine.spark;

import io.lazuli.algebra.engine.Execution;
import java.util.UUID;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * The jobs that are cancelled together. Spark knows a thread's group and counts to it all jobs that the thread starts; one thread may read
 * the rows of several queries in turn.
 */
final class JobGroup {
    private static final String CURRENT = "spark.jobGroup.id";

    private final SparkSession session;
    private final boolean connect;
    private final String id = UUID.randomUUID().toString();

    /** {@code connect} is for a session of a server, to which a query belongs as a whole when it begins. */
    JobGroup(SparkSession session, boolean connect) {
        this.session = session;
        this.connect = connect;
    }

    /** Stops the group's jobs, also those that are still to come, when the execution is cancelled. */
    void watch(Execution execution) {
        execution.onCancel(connect ? () -> session.interruptTag(id) : () -> session.sparkContext().cancelJobGroupAndFutureJobs(id));
    }

    /** The jobs that this thread starts from now on belong to this group. */
    void enter() {
        if (connect) {
            session.clearTags();
            session.addTag(id);
        } else if (!isCurrent(session.sparkContext())) {
            session.sparkContext().setJobGroup(id, "lazuli", true);
        }
    }

    /** The same for rows of the group that are read on. Called for each row. */
    void resume() {
        if (!connect) {
            enter();
        }
    }

    /** The jobs that this thread starts from now on do not belong to this group. */
    void leave() {
        if (connect) {
            session.removeTag(id);
        } else if (isCurrent(session.sparkContext())) {
            session.sparkContext().clearJobGroup();
        }
    }

    private boolean isCurrent(SparkContext context) {
        return id.equals(context.getLocalProperty(CURRENT));
    }
}
