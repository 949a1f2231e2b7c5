package io.lazuli.storage.http;

import java.io.IOException;
import java.util.Optional;

/** The exchange whose operation runs on this thread, for what has to tell who caused a change without being told on every way there. */
public final class CurrentExchange {
    private static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

    private CurrentExchange() {
    }

    /** Runs an operation for an exchange. */
    public static void run(Exchange exchange, Operation operation) throws IOException {
        ScopedValue.where(CURRENT, exchange).<Void, IOException>call(() -> {
            operation.run(exchange);
            return null;
        });
    }

    /** Empty when nobody asked for what this thread does. */
    public static Optional<Exchange> find() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }
}
