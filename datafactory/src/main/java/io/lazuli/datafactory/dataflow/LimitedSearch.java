package io.lazuli.datafactory.dataflow;

import io.lazuli.algebra.engine.Execution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Work beside the work that a user asked for: it ends with that, and by itself after some seconds. */
final class LimitedSearch implements Execution, AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Execution outer;
    private final Thread clock = Thread.ofVirtual().unstarted(this::expire);
    private final List<Runnable> actions = new ArrayList<>();
    private boolean expired;

    LimitedSearch(Execution outer) {
        this.outer = outer;
        clock.start();
    }

    private void expire() {
        try {
            Thread.sleep(LONGEST);
        } catch (InterruptedException closed) {
            return;
        }
        List<Runnable> running;
        synchronized (this) {
            expired = true;
            running = List.copyOf(actions);
        }
        running.forEach(Runnable::run);
    }

    @Override
    public void progress(long rows, long bytes) {
        // What is computed again is no progress of the flow.
    }

    @Override
    public void onCancel(Runnable action) {
        outer.onCancel(action);
        boolean now;
        synchronized (this) {
            now = expired;
            actions.add(action);
        }
        if (now) {
            action.run();
        }
    }

    @Override
    public void close() {
        clock.interrupt();
    }
}
