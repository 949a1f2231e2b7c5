package io.lazuli.storage.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Retainable;

/**
 * Shows the pieces of a long body to an observer on a thread beside the one that reads and writes them: a digest takes as long as both.
 * Closing it waits until all pieces were seen.
 */
final class Beside implements AutoCloseable {
    private static final int MOST_PIECES = 8;

    private final Consumer<ByteBuffer> observer;
    private final Semaphore free = new Semaphore(MOST_PIECES);
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private Throwable failure;
    private int shown;
    private int seen;

    Beside(Consumer<ByteBuffer> observer) {
        this.observer = observer;
    }

    /** Has a piece seen after those before it; waits when too many are to be seen. The owner of the bytes keeps them until then. */
    void show(ByteBuffer piece, Retainable owner) throws IOException {
        try {
            if (!free.tryAcquire()) {
                // The threads wake each other less often when several are free.
                free.acquire(MOST_PIECES / 2);
                free.release(MOST_PIECES / 2 - 1);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The service stops");
        }
        // What cannot be retained is nobody's to use again.
        boolean retained = owner.canRetain();
        if (retained) {
            owner.retain();
        }
        shown++;
        thread.execute(() -> see(piece, retained ? owner : null));
    }

    private void see(ByteBuffer piece, Retainable owner) {
        try {
            if (failure == null) {
                observer.accept(piece);
            }
            seen++;
        } catch (RuntimeException | Error problem) {
            failure = problem;
        } finally {
            if (owner != null) {
                owner.release();
            }
            free.release();
        }
    }

    /** Fails when the observer did, and when it has not seen all. */
    void end() throws IOException {
        thread.close();
        switch (failure) {
            case RuntimeException problem -> throw problem;
            case Error problem -> throw problem;
            case null, default -> {
                if (seen != shown) {
                    throw new InterruptedIOException("The service stops");
                }
            }
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
