package io.lazuli.datafactory.activity.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An address on this machine, which nobody can guess, that waits for one call. */
final class CallbackServer implements AutoCloseable {
    private static final int BODY_BYTES = 4 << 20;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String path = "/callback/" + UUID.randomUUID();
    private final BlockingQueue<String> bodies = new ArrayBlockingQueue<>(1);

    private CallbackServer(HttpServer server) {
        this.server = server;
    }

    static CallbackServer open() throws IOException {
        CallbackServer callback = new CallbackServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        callback.server.createContext(callback.path, callback::handle);
        callback.server.setExecutor(callback.threads);
        callback.server.start();
        return callback;
    }

    /** What is to be called, with POST. */
    String uri() {
        return "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + server.getAddress().getPort() + path;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readNBytes(BODY_BYTES), StandardCharsets.UTF_8);
            boolean expected = exchange.getRequestMethod().equals("POST") && exchange.getRequestURI().getPath().equals(path);
            exchange.sendResponseHeaders(expected ? 200 : 405, -1);
            if (expected) {
                // Later calls change nothing.
                bodies.offer(body);
            }
        }
    }

    /** The body of the first call; empty when the time is over before. */
    Optional<String> await(Duration patience) throws InterruptedException {
        return Optional.ofNullable(bodies.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
