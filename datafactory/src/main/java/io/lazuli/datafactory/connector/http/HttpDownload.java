package io.lazuli.datafactory.connector.http;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A file of an HTTP server: {@code HttpServerLocation} with {@code HttpReadSettings}, or the older {@code HttpFile} dataset. */
public final class HttpDownload {
    private static final Duration TIMEOUT = Duration.ofSeconds(100);

    private final RestService service;
    private final ResolvedDataset dataset;
    private final Settings location;
    private final Settings settings;

    /** {@code storeSettings} are the activity's, whose members go before the dataset's own. */
    public HttpDownload(RestService service, ResolvedDataset dataset, Settings storeSettings) {
        this.service = service;
        this.dataset = dataset;
        Settings properties = new Settings(dataset.typeProperties(), "dataset '" + dataset.name() + "'");
        this.location = properties.has("location") ? properties.object("location") : properties;
        this.settings = storeSettings;
    }

    /** The address of the file. */
    public String url() {
        return RestUrl.join(service.url(), location.text("relativeUrl").orElse(""));
    }

    /** Downloads to a new file and gives its size in bytes. */
    public long to(Path file) throws InterruptedException {
        try (HttpTransport transport = service.connect()) {
            HttpCall call = call(transport);
            HttpResponse<InputStream> response = transport.open(call);
            try (InputStream body = response.body()) {
                if (response.statusCode() >= 300) {
                    throw RestFailure.of(call.uri(),
                        new HttpReply(response.statusCode(), response.headers(), body.readAllBytes(), response.uri()));
                }
                return Files.copy(body, file);
            }
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, dataset.place(), "%s cannot be downloaded: %s", url(), RestFailure.reason(e), e);
        }
    }

    private HttpCall call(HttpTransport transport) throws InterruptedException {
        String method = having("requestMethod").text("requestMethod").orElse("GET").toUpperCase(Locale.ROOT);
        JsonNode given = having("requestBody").json().path("requestBody");
        String body = given.isMissingNode() || given.isNull() || given.asString("").isEmpty() && !given.isContainer() ? null
            : given.isString() ? given.asString() : given.toString();
        Map<String, String> headers = new LinkedHashMap<>(
            HttpHeaderText.read(having("additionalHeaders").json().path("additionalHeaders"), service.secrets(), dataset.place()));
        headers.putAll(service.headers(transport));
        Duration timeout = settings.text("requestTimeout").map(text -> TimeSpan.parse(text, "requestTimeout")).orElse(TIMEOUT);
        return new HttpCall(method, RestUrl.uri(url()), headers, body == null ? null : body.getBytes(StandardCharsets.UTF_8), timeout);
    }

    private Settings having(String name) {
        return settings.has(name) ? settings : location;
    }
}
