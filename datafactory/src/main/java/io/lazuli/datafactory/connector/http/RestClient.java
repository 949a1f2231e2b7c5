package io.lazuli.datafactory.connector.http;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Sends JSON to a REST service, one request after another with a pause between. Used by one thread; whoever opened it closes it. */
public final class RestClient implements AutoCloseable {
    private static final int ATTEMPTS = 3;

    private final RestService service;
    private final Options options;
    private final HttpTransport transport;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private boolean sent;

    /**
     * How requests are sent.
     *
     * @param headers besides those that tell of JSON and of who we are
     * @param timeout for the response's headers
     * @param interval between requests
     * @param gzip whether bodies are compressed
     */
    public record Options(Map<String, String> headers, Duration timeout, Duration interval, boolean gzip) {
    }

    private RestClient(RestService service, Options options, HttpTransport transport) {
        this.service = service;
        this.options = options;
        this.transport = transport;
    }

    /** Signs in where the service asks for that. */
    public static RestClient open(RestService service, Options options) throws InterruptedException {
        RestClient client = new RestClient(service, options, service.connect());
        boolean done = false;
        try {
            client.headers.put("Content-Type", "application/json");
            client.headers.put("Accept", "application/json");
            client.headers.putAll(options.headers());
            client.headers.putAll(service.headers(client.transport));
            if (options.gzip()) {
                client.headers.put("Content-Encoding", "gzip");
            }
            done = true;
            return client;
        } finally {
            if (!done) {
                client.close();
            }
        }
    }

    /**
     * The response of the third attempt if the server is busy or broken for the moment, else of the first, whatever its status;
     * {@code IO_ERROR} when there is none.
     *
     * @param relative to the service's address; may be empty
     * @param body null for none
     */
    public HttpReply send(String method, String relative, String body) throws InterruptedException {
        if (sent) {
            Thread.sleep(options.interval());
        }
        sent = true;
        Map<String, String> all = new LinkedHashMap<>(headers);
        if (body == null) {
            all.remove("Content-Type");
            all.remove("Content-Encoding");
        }
        HttpCall call = new HttpCall(method, RestUrl.uri(RestUrl.join(service.url(), relative)), all,
            body == null ? null : packed(body.getBytes(StandardCharsets.UTF_8)), options.timeout());
        for (int attempt = 1; ; attempt++) {
            try {
                HttpReply reply = transport.send(call);
                if (attempt == ATTEMPTS || reply.status() != 429 && reply.status() < 500) {
                    return reply;
                }
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw failure(CommonError.IO_ERROR, "Failed to send a request to %s: %s", call.uri(), RestFailure.reason(e), e);
                }
            }
            Thread.sleep(options.interval().multipliedBy(1L << attempt));
        }
    }

    /** As {@link #send}; a status other than success fails with {@code IO_ERROR}. */
    public HttpReply require(String method, String relative, String body) throws InterruptedException {
        HttpReply reply = send(method, relative, body);
        if (!reply.succeeded()) {
            throw RestFailure.of(RestUrl.uri(RestUrl.join(service.url(), relative)), reply);
        }
        return reply;
    }

    private byte[] packed(byte[] plain) {
        if (!options.gzip()) {
            return plain;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
            packing.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        transport.close();
    }
}
