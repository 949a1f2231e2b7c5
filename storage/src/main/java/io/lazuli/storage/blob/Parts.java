package io.lazuli.storage.blob;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Makes the parts of a long answer on several threads, while earlier ones are sent. */
public final class Parts {
    private static final int ITEMS = 128;
    private static final int MOST_AHEAD = 4;

    private Parts() {
    }

    /** Gives {@code take} what {@code make} makes of each part of a list, in the list's order. A short list is made at once. */
    public static <T, R> void inOrder(List<T> items, Function<List<T>, R> make, Consumer<R> take) throws IOException {
        if (items.size() <= ITEMS) {
            take.accept(make.apply(items));
            return;
        }
        int ahead = Math.min(Runtime.getRuntime().availableProcessors(), MOST_AHEAD);
        Deque<Future<R>> made = new ArrayDeque<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int begin = 0; begin < items.size(); begin += ITEMS) {
                List<T> some = items.subList(begin, Math.min(begin + ITEMS, items.size()));
                made.add(threads.submit(() -> make.apply(some)));
                if (made.size() > ahead) {
                    take.accept(result(made.remove()));
                }
            }
            while (!made.isEmpty()) {
                take.accept(result(made.remove()));
            }
        }
    }

    private static <R> R result(Future<R> part) throws IOException {
        try {
            return part.get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RuntimeException problem -> throw problem;
                case Error problem -> throw problem;
                default -> throw new IllegalStateException(failed.getCause());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The service stops");
        }
    }
}
