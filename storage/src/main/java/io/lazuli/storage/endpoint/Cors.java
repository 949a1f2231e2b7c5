package io.lazuli.storage.endpoint;

import io.lazuli.storage.content.Services;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.ServiceRecord.CorsRule;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What browsers are told about requests from pages of other origins: by the first rule of the account that fits. */
final class Cors {
    private static final String ANY = "*";

    private final Services services;

    Cors(Services services) {
        this.services = services;
    }

    /** Answers a browser that asks before it sends. */
    void preflight(Exchange exchange) throws IOException {
        String origin = required(exchange, "Origin");
        String method = required(exchange, "Access-Control-Request-Method");
        String asked = Optional.ofNullable(exchange.header("Access-Control-Request-Headers")).orElse("");
        List<String> headers = Arrays.stream(asked.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
        CorsRule rule = rules(exchange).stream().filter(candidate -> fits(candidate, origin, method) && allows(candidate, headers))
            .findFirst().orElseThrow(() -> new ServiceFailure(403, "CorsPreflightFailure",
                "CORS not enabled or no matching rule found for this request."));
        allow(exchange, rule, origin);
        exchange.set("Access-Control-Allow-Methods", method);
        exchange.set("Access-Control-Allow-Headers", asked.isEmpty() ? null : asked);
        exchange.set("Access-Control-Max-Age", rule.maxAgeSeconds());
        exchange.respond(200);
    }

    private static String required(Exchange exchange, String header) {
        String value = exchange.header(header);
        if (value == null || value.isEmpty()) {
            throw ServiceFailure.badRequest("InvalidHeaderValue", "A required CORS header is not present.").with("HeaderName", header);
        }
        return value;
    }

    /** Tells a browser whether the page that sent a request may see the answer. */
    void describe(Exchange exchange) {
        List<CorsRule> rules = rules(exchange);
        if (rules.isEmpty()) {
            return;
        }
        String origin = exchange.header("Origin");
        String method = exchange.method();
        boolean reads = method.equals("GET") || method.equals("HEAD");
        Optional<CorsRule> rule = rules.stream()
            .filter(candidate -> origin == null ? reads && candidate.origins().contains(ANY) && candidate.methods().contains(method)
                : fits(candidate, origin, method)).findFirst();
        if (rule.isPresent()) {
            allow(exchange, rule.get(), origin);
            exchange.exposeHeaders(rule.get().exposed());
        } else if (reads) {
            // Caches must not give what they keep to pages of another origin.
            exchange.set("Vary", "Origin");
        }
    }

    private List<CorsRule> rules(Exchange exchange) {
        return services.of(exchange.target().account()).cors();
    }

    private static void allow(Exchange exchange, CorsRule rule, String origin) {
        boolean any = rule.origins().contains(ANY);
        exchange.set("Access-Control-Allow-Origin", any ? ANY : origin);
        if (!any) {
            exchange.set("Access-Control-Allow-Credentials", "true");
            exchange.set("Vary", "Origin");
        }
    }

    private static boolean fits(CorsRule rule, String origin, String method) {
        boolean knows = rule.origins().stream().anyMatch(allowed -> allowed.equals(ANY) || allowed.equalsIgnoreCase(origin)
            || allowed.contains("*.") && isBelow(origin, allowed));
        return knows && rule.methods().contains(method);
    }

    /** Whether an origin is a sub-domain of one such as {@code https://*.contoso.com}. */
    private static boolean isBelow(String origin, String allowed) {
        int star = allowed.indexOf('*');
        String begin = allowed.substring(0, star).toLowerCase(Locale.ROOT);
        String end = allowed.substring(star + 1).toLowerCase(Locale.ROOT);
        String name = origin.toLowerCase(Locale.ROOT);
        return name.length() > begin.length() + end.length() && name.startsWith(begin) && name.endsWith(end);
    }

    private static boolean allows(CorsRule rule, List<String> headers) {
        return headers.stream().allMatch(header -> rule.headers().stream().anyMatch(allowed -> allowed.endsWith(ANY)
            ? header.regionMatches(true, 0, allowed, 0, allowed.length() - 1) : allowed.equalsIgnoreCase(header)));
    }
}
