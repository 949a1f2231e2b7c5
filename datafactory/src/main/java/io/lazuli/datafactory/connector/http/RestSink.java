package io.lazuli.datafactory.connector.http;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.foundation.CommonError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/** {@code RestSink}: sends documents as JSON arrays, a batch a request. */
public final class RestSink {
    private static final int BATCH = 10_000;
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
        String method = method();
        String url = new Settings(dataset.typeProperties(), "dataset '" + dataset.name() + "'").text("relativeUrl").orElse("");
        long bytes = 0;
        try (RestClient client = RestClient.open(service, options())) {
            while (documents.hasNext()) {
                StringBuilder body = new StringBuilder("[");
                for (int i = 0; i < batch && documents.hasNext(); i++) {
                    body.append(i == 0 ? "" : ",").append(documents.next());
                }
                String text = body.append(']').toString();
                bytes += text.getBytes(StandardCharsets.UTF_8).length;
                client.require(method, url, text);
            }
        }
        return bytes;
    }

    private String method() {
        String method = sink.text("requestMethod").orElse("POST").toUpperCase(Locale.ROOT);
        if (!method.equals("POST") && !method.equals("PUT") && !method.equals("PATCH")) {
            throw failure(CommonError.INVALID_ARGUMENT, dataset.place(),
                "requestMethod of a REST sink is '%s'; expected POST, PUT or PATCH", method);
        }
        return method;
    }

    private RestClient.Options options() {
        return new RestClient.Options(HttpHeaderText.read(sink.json().path("additionalHeaders"), service.secrets(), dataset.place()),
            sink.text("httpRequestTimeout").map(text -> TimeSpan.parse(text, "httpRequestTimeout")).orElse(TIMEOUT),
            sink.text("requestInterval").map(RestSource::pause).orElse(Duration.ofMillis(10)),
            sink.choice("httpCompressionType", Map.of("none", false, "gzip", true)).orElse(false));
    }
}
