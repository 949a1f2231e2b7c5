package io.lazuli.datafactory.trigger;

import io.lazuli.datafactory.run.RunRecord;
import io.lazuli.datafactory.run.RunStatus;
import io.lazuli.datafactory.workspace.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs of firings that are in the journal, each on a thread of its own. Thread-safe. */
final class FiringRuns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FiringRuns.class);
    /** How many runs go at once, all triggers together. */
    private static final int MOST_RUNS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PipelineSessions sessions;
    private final TriggerJournal journal;
    private final TriggerListener listener;
    private final Semaphore slots = new Semaphore(MOST_RUNS, true);
    /** Never interrupted: that would cancel activities. */
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    FiringRuns(PipelineSessions sessions, TriggerJournal journal, TriggerListener listener) {
        this.sessions = sessions;
        this.journal = journal;
        this.listener = listener;
    }

    /** Begins or continues the runs of a firing. */
    void begin(Trigger trigger, PendingFiring firing) {
        begin(trigger, firing, 0, Duration.ZERO, () -> { });
    }

    /** Begins or continues the runs of a firing; one that fails is tried again so many times. {@code after} is called when all ended. */
    void begin(Trigger trigger, PendingFiring firing, int retries, Duration interval, Runnable after) {
        try {
            threads.execute(() -> {
                try {
                    runAll(trigger, firing, retries, interval);
                } catch (InterruptedException stopping) {
                    LOG.info("What the trigger '{}' began for {} goes on after the next start", trigger.name(), firing.cause());
                } finally {
                    after.run();
                }
            });
        } catch (RejectedExecutionException stopping) {
            LOG.info("What the trigger '{}' fired for, {}, runs after the next start", trigger.name(), firing.cause());
        }
    }

    /** All pipelines of the trigger at once; the firing has ended when they have. */
    private void runAll(Trigger trigger, PendingFiring firing, int retries, Duration interval) throws InterruptedException {
        List<Future<?>> pipelines = new ArrayList<>();
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int pipeline = 0; pipeline < trigger.pipelines().size(); pipeline++) {
                int number = pipeline;
                pipelines.add(each.submit(() -> {
                    run(trigger, firing, number, retries, interval);
                    return null;
                }));
            }
        }
        for (Future<?> pipeline : pipelines) {
            try {
                pipeline.get();
            } catch (ExecutionException stopped) {
                throw (InterruptedException) new InterruptedException("Not all has run").initCause(stopped);
            }
        }
        journal.ended(firing);
    }

    private void run(Trigger trigger, PendingFiring firing, int pipeline, int retries, Duration interval) throws InterruptedException {
        for (int attempt = 0; attempt <= retries && !succeeds(trigger, firing, pipeline, attempt); attempt++) {
            if (attempt < retries) {
                Thread.sleep(interval);
            }
        }
    }

    /** False when the run failed and may be tried again. */
    private boolean succeeds(Trigger trigger, PendingFiring firing, int pipeline, int attempt) throws InterruptedException {
        slots.acquire();
        try {
            RunRecord run = sessions.with(runner ->
                runner.runOnce(firing.firing(trigger).run(firing.id(), pipeline, attempt, firing.time())));
            listener.ran(trigger.name(), firing.cause(), run);
            return run.status() != RunStatus.FAILED;
        } catch (RuntimeException failure) {
            LOG.error("The trigger '{}' fired for {}, and its run could not be made", trigger.name(), firing.cause(), failure);
            listener.failed(trigger.name(), firing.cause(), failure);
            return true;
        } finally {
            slots.release();
        }
    }

    /** Begins no more runs, and gives those that go a few seconds to end, once. */
    @Override
    public void close() {
        if (threads.isShutdown()) {
            return;
        }
        sessions.end();
        threads.shutdown();
        try {
            threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
