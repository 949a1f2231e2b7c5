package io.lazuli.storage.endpoint;

import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Has each request handled on a thread of its own. The first one of a connection comes on one of the server's few threads, of which those
 * that wait for their clients would leave none to others.
 */
final class RequestThreads extends Handler.Wrapper {
    private final Executor threads;

    RequestThreads(Executor threads, Handler handler) {
        super(handler);
        this.threads = threads;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (Thread.currentThread().isVirtual()) {
            return super.handle(request, response, callback);
        }
        threads.execute(() -> handleHere(request, response, callback));
        return true;
    }

    private void handleHere(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, 404);
            }
        } catch (Throwable failure) {
            Response.writeError(request, response, callback, failure);
        }
    }
}
