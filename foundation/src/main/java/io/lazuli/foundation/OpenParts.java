package io.lazuli.foundation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What a service has opened so far, to be closed in reverse: at its end, or when its start fails half-way. All are closed, also when one
 * fails to. Used by one thread at a time.
 */
public final class OpenParts implements AutoCloseable {
    private final Deque<Runnable> closing = new ArrayDeque<>();

    /** Takes a part that has just been opened, with how it is closed, and gives it back. */
    public <T> T add(T part, Consumer<T> close) {
        closing.push(() -> close.accept(part));
        return part;
    }

    /** Closes all after a failure, to which what fails besides is added. */
    public void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException | Error another) {
            failure.addSuppressed(another);
        }
    }

    @Override
    public void close() {
        Throwable first = null;
        while (!closing.isEmpty()) {
            try {
                closing.pop().run();
            } catch (RuntimeException | Error problem) {
                if (first == null) {
                    first = problem;
                } else {
                    first.addSuppressed(problem);
                }
            }
        }
        switch (first) {
            case null -> { }
            case Error error -> throw error;
            default -> throw (RuntimeException) first;
        }
    }
}
