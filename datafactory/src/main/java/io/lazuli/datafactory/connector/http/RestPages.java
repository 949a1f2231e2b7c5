package io.lazuli.datafactory.connector.http;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The pages of a REST source: requests one after another as the pagination rules say. */
final class RestPages {
    private static final Pattern NEXT_LINK = Pattern.compile("<([^>]*)>[^<]*;\\s*rel=\"?next\"?", Pattern.CASE_INSENSITIVE);
    private static final int NO_CONTENT = 204;

    private final HttpTransport transport;
    private final PaginationRules rules;
    private final Duration interval;
    private final Function<HttpReply, JsonNode> parser;

    RestPages(HttpTransport transport, PaginationRules rules, Duration interval, Function<HttpReply, JsonNode> parser) {
        this.parser = parser;
        this.transport = transport;
        this.rules = rules;
        this.interval = interval;
    }

    /**
     * Gets the pages, and gives each to the consumer. A status other than success fails with {@code IO_ERROR}.
     *
     * @param first the first request; its URL, header values and body may have variables of ranges in braces
     * @param url as the linked service and the dataset give it
     */
    void read(HttpCall first, String url, BiConsumer<HttpReply, JsonNode> pages) throws InterruptedException {
        String address = url;
        Map<String, String> query = new TreeMap<>();
        Map<String, String> headers = new TreeMap<>(first.headers());
        for (long request = 0; rules.maximum().isEmpty() || request < rules.maximum().get(); request++) {
            Map<String, String> variables = variables(request);
            if (variables == null) {
                return;
            }
            if (request > 0) {
                Thread.sleep(interval);
            }
            HttpCall call = call(first, address, query, headers, variables);
            HttpReply reply = send(call);
            if (reply.status() == NO_CONTENT) {
                return;
            }
            JsonNode body = parser.apply(reply);
            pages.accept(reply, body);
            if (rules.ends(reply, body) || rules.ranges().isEmpty() && rules.next().isEmpty() && !rules.links()) {
                return;
            }
            Optional<String> next = rules.links() ? linked(call.uri(), reply) : follow(call.uri(), address, query, headers, reply, body);
            if (next.isEmpty()) {
                return;
            }
            address = next.get();
        }
    }

    /** The ranges' values, or null when one is at its end. */
    private Map<String, String> variables(long request) {
        Map<String, String> values = new TreeMap<>();
        for (PaginationRules.Range range : rules.ranges()) {
            Optional<Long> value = range.at(request);
            if (value.isEmpty()) {
                return null;
            }
            values.put(range.variable(), value.get().toString());
        }
        return values;
    }

    private static HttpCall call(
        HttpCall first, String address, Map<String, String> query, Map<String, String> headers, Map<String, String> variables) {
        Map<String, String> filled = new TreeMap<>();
        headers.forEach((name, value) -> filled.put(name, filled(value, variables)));
        byte[] body = first.body() == null ? null
            : filled(new String(first.body(), StandardCharsets.UTF_8), variables).getBytes(StandardCharsets.UTF_8);
        String url = filled(address, variables);
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            url = RestUrl.withParameter(url, parameter.getKey(), parameter.getValue());
        }
        return new HttpCall(first.method(), RestUrl.uri(url), filled, body, first.timeout());
    }

    private static String filled(String text, Map<String, String> variables) {
        String filled = text;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            filled = filled.replace("{" + variable.getKey() + "}", variable.getValue());
        }
        return filled;
    }

    private HttpReply send(HttpCall call) throws InterruptedException {
        try {
            HttpReply reply = transport.send(call);
            if (!reply.succeeded()) {
                throw RestFailure.of(call.uri(), reply);
            }
            return reply;
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "Failed to send a request to %s: %s", call.uri(), RestFailure.reason(e), e);
        }
    }

    private static Optional<String> linked(URI last, HttpReply reply) {
        return reply.headers().allValues("Link").stream().map(NEXT_LINK::matcher).filter(Matcher::find).findFirst()
            .map(link -> last.resolve(link.group(1)).toString());
    }

    /** Puts what the rules take from the response where they want it; gives the next address, empty when a value is missing. */
    private Optional<String> follow(
        URI last, String address, Map<String, String> query, Map<String, String> headers, HttpReply reply, JsonNode body) {
        String next = address;
        for (PaginationRules.Next rule : rules.next()) {
            Optional<String> value = PaginationRules.text(rule.origin(), reply, body);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            switch (rule.target()) {
                case ABSOLUTE_URL -> next = last.resolve(RestUrl.uri(value.get())).toString();
                case QUERY_PARAMETER -> query.put(rule.name(), value.get());
                case HEADER -> headers.put(rule.name(), value.get());
            }
        }
        return Optional.of(next);
    }
}
