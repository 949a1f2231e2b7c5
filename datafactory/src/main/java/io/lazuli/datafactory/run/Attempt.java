package io.lazuli.datafactory.run;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.node.ObjectNode;

/**
 * One try of an activity on a thread of its own, which is interrupted when the try is cancelled or its time is over.
 *
 * @param failure null when it succeeded
 */
record Attempt(ObjectNode output, Throwable failure) {
    /** How long an activity has to notice that it was interrupted, before its thread is left alone. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Runs the work; {@code timeout} may be null for none. */
    static Attempt run(String name, Callable<ObjectNode> work, Cancellation cancellation, Duration timeout) {
        AtomicReference<Attempt> done = new AtomicReference<>();
        CountDownLatch wake = new CountDownLatch(1);
        Thread thread = Thread.ofVirtual().name(name).start(() -> {
            done.set(tried(work));
            wake.countDown();
        });
        cancellation.onCancel(thread::interrupt);
        cancellation.onCancel(wake::countDown);
        try {
            if (timeout == null) {
                wake.await();
            } else if (!wake.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                cancellation.cancel(Cancellation.Reason.TIMED_OUT);
            }
            thread.join(GRACE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return done.get() != null ? done.get() : new Attempt(null, new InterruptedException("The activity did not stop"));
    }

    private static Attempt tried(Callable<ObjectNode> work) {
        try {
            return new Attempt(work.call(), null);
        } catch (Throwable problem) {
            return new Attempt(null, problem);
        }
    }
}
