package io.lazuli.datafactory.run;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells running work to stop: a run's reaches its activities, a container's the activities within. Safe for several threads. */
final class Cancellation implements AutoCloseable {
    /** Why work was told to stop. */
    enum Reason { CANCELLED, TIMED_OUT }

    private final Set<Runnable> actions = new LinkedHashSet<>();
    private final Cancellation parent;
    private final Runnable inherited = this::inherit;
    private Reason reason;

    Cancellation() {
        this(null);
    }

    private Cancellation(Cancellation parent) {
        this.parent = parent;
    }

    /** One that is cancelled with this one, and that the caller closes when its work is done. */
    Cancellation child() {
        Cancellation child = new Cancellation(this);
        onCancel(child.inherited);
        return child;
    }

    private void inherit() {
        cancel(Reason.CANCELLED);
    }

    void cancel(Reason why) {
        List<Runnable> run;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            run = List.copyOf(actions);
            actions.clear();
        }
        run.forEach(Runnable::run);
    }

    /** Registers an action; it runs at once when the work is cancelled already. */
    void onCancel(Runnable action) {
        synchronized (this) {
            if (reason == null) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    synchronized Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }

    boolean cancelled() {
        return reason().isPresent();
    }

    private synchronized void forget(Runnable action) {
        actions.remove(action);
    }

    @Override
    public void close() {
        if (parent != null) {
            parent.forget(inherited);
        }
        synchronized (this) {
            actions.clear();
        }
    }
}
