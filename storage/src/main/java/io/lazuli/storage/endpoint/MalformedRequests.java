package io.lazuli.storage.endpoint;

import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers in the service's words what is no HTTP request, and what comes while the service ends. */
final class MalformedRequests extends Handler.Abstract {
    /** Of a service that ends. */
    static final ServiceFailure BUSY = new ServiceFailure(503, "ServerBusy",
        "The server is currently unable to receive requests. Please retry your request.");

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        Target nothing = new Target("", "", "", "/", Map.of(), false);
        Exchange exchange = new Exchange(request, response, nothing, Exchange.newRequestId());
        exchange.set("x-ms-request-id", exchange.requestId());
        int status = response.getStatus() >= 400 ? response.getStatus() : 500;
        exchange.respondFailure(failure(status), false);
        callback.succeeded();
        return true;
    }

    private static ServiceFailure failure(int status) {
        return switch (status) {
            case 503 -> BUSY;
            case 500 -> new ServiceFailure(500, "InternalError", "The server encountered an internal error. Please retry the request.");
            // What passes the requests on in Azure answers so, not with 431.
            case 431 -> new ServiceFailure(400, "InvalidInput", "The request is too long: its headers have more bytes than are taken.");
            default -> new ServiceFailure(status, "InvalidInput", "One of the request inputs is not valid.");
        };
    }
}
