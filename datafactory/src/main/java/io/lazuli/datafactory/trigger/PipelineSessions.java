package io.lazuli.datafactory.trigger;

import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.run.LocalServices;
import io.lazuli.datafactory.run.PipelineRunner;
import io.lazuli.datafactory.run.RunListener;
import io.lazuli.datafactory.run.RunRecord;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs pipelines now and then in a process that lives long: the data directory is taken, and engine and databases are open, only as long as
 * something runs, so that commands can run pipelines too. Thread-safe.
 */
final class PipelineSessions {
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Supplier<LocalServices> services;
    private final List<ActivityType> types;
    private LocalServices open;
    private PipelineRunner runner;
    private int users;
    private boolean ended;

    /** {@code services} reads the workspace as it is then. */
    PipelineSessions(Supplier<LocalServices> services, List<ActivityType> types) {
        this.services = services;
        this.types = types;
    }

    /** What is done with a runner. */
    interface Work {
        RunRecord run(PipelineRunner runner);
    }

    /** Does something with a runner, once no other process has the data directory; {@link InterruptedException} after {@link #end}. */
    RunRecord with(Work work) throws InterruptedException {
        enter();
        try {
            RunRecord run = work.run(runner);
            runner.awaitDetached();
            return run;
        } finally {
            leave();
        }
    }

    private void enter() throws InterruptedException {
        while (!tryEnter()) {
            Thread.sleep(LOOK);
        }
    }

    private synchronized boolean tryEnter() throws InterruptedException {
        if (ended) {
            throw new InterruptedException("Nothing runs any more");
        }
        if (users == 0) {
            LocalServices fresh = services.get();
            try {
                runner = new PipelineRunner(fresh, types, RunListener.NOBODY);
                open = fresh;
            } catch (LazuliException taken) {
                fresh.close();
                if (taken.code() == CommonError.IN_USE) {
                    return false;
                }
                throw taken;
            }
        }
        users++;
        return true;
    }

    private synchronized void leave() {
        users--;
        if (users == 0) {
            runner.close();
            open.close();
        }
    }

    /** Lets nothing more run; what runs is left to the end of the process, and goes on when triggers are watched again. */
    synchronized void end() {
        ended = true;
    }
}
