package io.lazuli.storage.content;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again on a thread of its own, at once for the first time, until it is closed. */
public final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;

    public Housekeeping(Runnable work, Duration pause) {
        thread = Thread.ofPlatform().daemon().name("lake-housekeeping").start(() -> repeat(work, pause));
    }

    private void repeat(Runnable work, Duration pause) {
        do {
            try {
                work.run();
            } catch (RuntimeException failure) {
                LOG.error("Housekeeping failed; it will be tried again", failure);
            }
        } while (sleep(pause));
    }

    private boolean sleep(Duration pause) {
        try {
            return !ended.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            return false;
        }
    }

    /** Lets work that runs come to its end. */
    @Override
    public void close() {
        ended.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
