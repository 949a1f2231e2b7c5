package io.lazuli.datafactory.connector.http;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.foundation.CommonError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** {@code RestSink}: sends documents as JSON arrays, a batch a request. */
public final class RestSink {
    private static final int BATCH = 10_000;
    private static final int ATTEMPTS = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(100);

    private final RestService service;
    private final ResolvedDataset dataset;
    private final Settings sink;

    public RestSink(RestService service, ResolvedDataset dataset, Settings sink) {
        this.service = service;
        this.dataset = dataset;
        this.sink = sink;
    }

    /** Sends all documents, each the text of a JSON object, and gives the number of bytes sent before compression. */
    public long send(Iterator<String> documents) throws InterruptedException {
        int batch = sink.integer("writeBatchSize").orElse(BATCH);
        Duration interval = sink.text("requestInterval").map(RestSource::pause).orElse(Duration.ofMillis(10));
        long bytes = 0;
        try (HttpTransport transport = service.connect()) {
            HttpCall call = call(transport);
            for (boolean first = true; documents.hasNext(); first = false) {
                if (!first) {
                    Thread.sleep(interval);
                }
                StringBuilder body = new StringBuilder("[");
                for (int i = 0; i < batch && documents.hasNext(); i++) {
                    body.append(i == 0 ? "" : ",").append(documents.next());
                }
                byte[] plain = body.append(']').toString().getBytes(StandardCharsets.UTF_8);
                bytes += plain.length;
                post(transport, new HttpCall(call.method(), call.uri(), call.headers(), packed(plain), call.timeout()), interval);
            }
        }
        return bytes;
    }

    private HttpCall call(HttpTransport transport) throws InterruptedException {
        String method = sink.text("requestMethod").orElse("POST").toUpperCase(Locale.ROOT);
        if (!method.equals("POST") && !method.equals("PUT") && !method.equals("PATCH")) {
            throw failure(CommonError.INVALID_ARGUMENT, dataset.place(),
                "requestMethod of a REST sink is '%s'; expected POST, PUT or PATCH", method);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json");
        headers.putAll(HttpHeaderText.read(sink.json().path("additionalHeaders"), service.secrets(), dataset.place()));
        headers.putAll(service.headers(transport));
        if (gzip()) {
            headers.put("Content-Encoding", "gzip");
        }
        Settings resource = new Settings(dataset.typeProperties(), "dataset '" + dataset.name() + "'");
        Duration timeout = sink.text("httpRequestTimeout").map(text -> TimeSpan.parse(text, "httpRequestTimeout")).orElse(TIMEOUT);
        String url = RestUrl.join(service.url(), resource.text("relativeUrl").orElse(""));
        return new HttpCall(method, RestUrl.uri(url), headers, null, timeout);
    }

    private boolean gzip() {
        return sink.choice("httpCompressionType", Map.of("none", false, "gzip", true)).orElse(false);
    }

    private byte[] packed(byte[] plain) {
        if (!gzip()) {
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

    /** Sends one batch; a server that is busy or broken for the moment is asked again. */
    private static void post(HttpTransport transport, HttpCall call, Duration interval) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                HttpReply reply = transport.send(call);
                if (reply.succeeded()) {
                    return;
                }
                boolean passing = reply.status() == 429 || reply.status() >= 500;
                if (!passing || attempt == ATTEMPTS) {
                    throw RestFailure.of(call.uri(), reply);
                }
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw failure(CommonError.IO_ERROR, "Failed to send a request to %s: %s", call.uri(), RestFailure.reason(e), e);
                }
            }
            Thread.sleep(interval.multipliedBy(1L << attempt));
        }
    }
}
