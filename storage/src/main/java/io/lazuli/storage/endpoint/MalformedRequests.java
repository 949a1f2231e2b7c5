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

/** Answers what is no HTTP request in the service's words too. */
final class MalformedRequests extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        Target nothing = new Target("", "", "", "/", Map.of(), false);
        Exchange exchange = new Exchange(request, response, nothing, Exchange.newRequestId());
        exchange.set("x-ms-request-id", exchange.requestId());
        int status = response.getStatus() >= 400 ? response.getStatus() : 500;
        exchange.respondFailure(status >= 500
            ? new ServiceFailure(status, "InternalError", "The server encountered an internal error. Please retry the request.")
            : new ServiceFailure(status, "InvalidInput", "One of the request inputs is not valid."), false);
        callback.succeeded();
        return true;
    }
}
