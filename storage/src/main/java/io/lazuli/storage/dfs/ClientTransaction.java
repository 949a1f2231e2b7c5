package io.lazuli.storage.dfs;

import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;

/**
 * The id that a client gives to a request that creates or renames a path. The path's status tells it: a client that repeats a request
 * whose answer it missed finds out that the first one was carried out.
 */
final class ClientTransaction {
    static final String HEADER = "x-ms-client-transaction-id";
    private static final int MAX_LENGTH = 1024;

    private ClientTransaction() {
    }

    /** The request's id, null when it has none. */
    static String of(Exchange exchange) {
        String id = exchange.header(HEADER);
        if (id != null && id.length() > MAX_LENGTH) {
            throw ServiceFailure.invalidHeader(HEADER, id);
        }
        return id == null || id.isEmpty() ? null : id;
    }
}
