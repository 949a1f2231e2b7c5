package io.lazuli.datafactory.connector.http;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.foundation.CommonError;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** {@code RestSource}: the documents of a REST resource, page after page. */
public final class RestSource {
    private static final Duration TIMEOUT = Duration.ofSeconds(100);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final RestService service;
    private final ResolvedDataset dataset;
    private final Settings resource;
    private final Settings source;

    /** {@code source} are the activity's settings, which go before those that older datasets have. */
    public RestSource(RestService service, ResolvedDataset dataset, Settings source) {
        this.service = service;
        this.dataset = dataset;
        this.resource = new Settings(dataset.typeProperties(), "dataset '" + dataset.name() + "'");
        this.source = source;
    }

    /** Writes all documents to a new file, one a line: each page, or the elements of a page that is an array. Gives their number. */
    public long download(Path file) throws InterruptedException {
        AtomicLong documents = new AtomicLong();
        try (BufferedWriter lines = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            read(RestJson::parse, (_, page) -> {
                for (JsonNode document : page.isArray() ? page.values() : List.of(page)) {
                    write(lines, document);
                    documents.incrementAndGet();
                }
            });
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "The pages of '%s' cannot be written to %s: %s", dataset.name(), file, e.getMessage(), e);
        }
        return documents.get();
    }

    /** Gives the pages with their responses; {@code lines} reads each as documents one a line, whose array is the page. */
    public void read(boolean lines, BiConsumer<HttpReply, JsonNode> pages) throws InterruptedException {
        read(lines ? RestJson::lines : RestJson::parse, pages);
    }

    private void read(Function<HttpReply, JsonNode> parser, BiConsumer<HttpReply, JsonNode> pages) throws InterruptedException {
        try (HttpTransport transport = service.connect()) {
            String url = RestUrl.join(service.url(), resource.text("relativeUrl").orElse(""));
            PaginationRules rules = PaginationRules.of(rules(), dataset.place().member("paginationRules"));
            new RestPages(transport, rules, interval(), parser).read(first(transport), url, pages);
        }
    }

    private static void write(BufferedWriter lines, JsonNode document) {
        try {
            lines.write(RestJson.JSON.writeValueAsString(document));
            lines.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Settings having(String name) {
        return source.has(name) ? source : resource;
    }

    private JsonNode rules() {
        JsonNode rules = having("paginationRules").json().path("paginationRules");
        return rules.isMissingNode() || rules.isNull() ? null : rules;
    }

    private Duration interval() {
        return having("requestInterval").text("requestInterval").map(RestSource::pause).orElse(INTERVAL);
    }

    /** A time span, or milliseconds. */
    static Duration pause(String text) {
        return text.matches("\\d+") ? Duration.ofMillis(Long.parseLong(text)) : TimeSpan.parse(text, "requestInterval");
    }

    private HttpCall first(HttpTransport transport) throws InterruptedException {
        String method = having("requestMethod").text("requestMethod").orElse("GET").toUpperCase(Locale.ROOT);
        if (!method.equals("GET") && !method.equals("POST")) {
            throw failure(CommonError.INVALID_ARGUMENT, dataset.place(),
                "requestMethod of a REST source is '%s'; expected GET or POST", method);
        }
        JsonNode given = having("requestBody").json().path("requestBody");
        String body = given.isMissingNode() || given.isNull() ? null : given.isString() ? given.asString() : given.toString();
        Map<String, String> headers = new LinkedHashMap<>();
        if (body != null) {
            headers.put("Content-Type", "application/json");
        }
        JsonNode additional = having("additionalHeaders").json().path("additionalHeaders");
        headers.putAll(HttpHeaderText.read(additional, service.secrets(), dataset.place()));
        headers.putAll(service.headers(transport));
        headers.keySet().removeIf("Accept"::equalsIgnoreCase);
        headers.put("Accept", "application/json");
        Duration timeout = source.text("httpRequestTimeout").map(text -> TimeSpan.parse(text, "httpRequestTimeout")).orElse(TIMEOUT);
        return new HttpCall(method, RestUrl.uri(service.url()), headers,
            body == null || method.equals("GET") ? null : body.getBytes(StandardCharsets.UTF_8), timeout);
    }
}
