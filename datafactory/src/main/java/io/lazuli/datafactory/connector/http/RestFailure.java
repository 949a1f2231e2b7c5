package io.lazuli.datafactory.connector.http;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;

/** What went wrong with a request, as messages say it. */
final class RestFailure {
    private static final int SHOWN_CHARS = 2_000;

    private RestFailure() {
    }

    /** A status other than success. */
    static LazuliException of(URI uri, HttpReply reply) {
        String body = reply.text();
        String shown = body.length() > SHOWN_CHARS ? body.substring(0, SHOWN_CHARS) + "…" : body;
        return failure(CommonError.IO_ERROR, "The HttpStatusCode %d indicates failure. Request URL: %s Response payload: %s",
            reply.status(), uri, shown);
    }

    /** Why there was no response. */
    static String reason(IOException e) {
        return switch (e) {
            case HttpTimeoutException timeout -> "no response in time";
            case ConnectException refused -> "no connection" + (refused.getMessage() == null ? "" : ": " + refused.getMessage());
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
