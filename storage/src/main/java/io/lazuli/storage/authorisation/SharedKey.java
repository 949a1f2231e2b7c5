package io.lazuli.storage.authorisation;

import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.HttpDates;
import io.lazuli.storage.http.ServiceFailure;
import java.text.Collator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Requests that are signed with an account's key: {@code Authorization: SharedKey ACCOUNT:SIGNATURE}, and {@code SharedKeyLite}. See
 * "Authorize with Shared Key" in the storage services' reference.
 */
final class SharedKey {
    private static final String SCHEME = "SharedKey";
    private static final String SECONDARY = "-secondary";
    private static final Duration MAX_SKEW = Duration.ofMinutes(15);
    private static final List<String> SIGNED = List.of("content-encoding", "content-language", "content-length", "content-md5",
        "content-type", "date", "if-modified-since", "if-match", "if-none-match", "if-unmodified-since", "range");

    private SharedKey() {
    }

    /** Whether a request is, or pretends to be, signed with an account's key. */
    static boolean signs(Exchange exchange) {
        String authorization = exchange.header("Authorization");
        return authorization != null && authorization.startsWith(SCHEME);
    }

    /** Lets a well-signed request pass, or fails with {@code AuthenticationFailed}. */
    static void verify(Exchange exchange, String authorization, AccountKeys keys) {
        int space = authorization.indexOf(' ');
        String scheme = space < 0 ? "" : authorization.substring(0, space);
        int colon = authorization.indexOf(':', space);
        if (!scheme.equals(SCHEME) && !scheme.equals("SharedKeyLite") || colon < 0) {
            throw ServiceFailure.badRequest("InvalidAuthenticationInfo",
                "The authentication information was not provided in the correct format. Verify the value of Authorization header.");
        }
        String named = authorization.substring(space + 1, colon);
        String account = named.endsWith(SECONDARY) ? named.substring(0, named.length() - SECONDARY.length()) : named;
        String signature = authorization.substring(colon + 1);
        Optional<byte[]> key = account.equals(exchange.target().account()) ? keys.find(account) : Optional.empty();
        requireRecent(exchange);
        String text = scheme.equals("SharedKeyLite") ? lite(exchange) : text(exchange, Comparator.naturalOrder());
        boolean valid = key.isPresent() && (Signature.matches(key.get(), text, signature)
            || scheme.equals(SCHEME) && Signature.matches(key.get(), text(exchange, linguistic()), signature));
        if (!valid) {
            throw failed("The MAC signature found in the HTTP request '" + signature + "' is not the same as any computed signature. "
                + "Server used following string to sign: '" + text + "'.");
        }
    }

    static ServiceFailure failed(String detail) {
        return new ServiceFailure(403, "AuthenticationFailed", "Server failed to authenticate the request. "
            + "Make sure the value of Authorization header is formed correctly including the signature.")
            .with("AuthenticationErrorDetail", detail);
    }

    private static void requireRecent(Exchange exchange) {
        String text = exchange.header("x-ms-date") == null ? exchange.header("Date") : exchange.header("x-ms-date");
        Instant date = text == null ? null : HttpDates.parse(text);
        if (date == null) {
            throw failed("The Date header or the x-ms-date header is missing or malformed.");
        }
        if (Duration.between(date, Instant.now()).abs().compareTo(MAX_SKEW) > 0) {
            throw failed("Request date header too old: '" + text + "'");
        }
    }

    private static String text(Exchange exchange, Comparator<? super String> order) {
        Map<String, String> headers = exchange.headers();
        StringBuilder text = new StringBuilder(exchange.sentMethod()).append('\n');
        for (String name : SIGNED) {
            String value = headers.getOrDefault(name, "").strip();
            boolean blank = name.equals("content-length") && value.equals("0") || name.equals("date") && headers.containsKey("x-ms-date");
            text.append(blank ? "" : value).append('\n');
        }
        return text.append(canonicalHeaders(headers, order)).append(canonicalResource(exchange)).toString();
    }

    private static String lite(Exchange exchange) {
        Map<String, String> headers = exchange.headers();
        StringBuilder text = new StringBuilder(exchange.sentMethod()).append('\n');
        for (String name : List.of("content-md5", "content-type", "date")) {
            boolean blank = name.equals("date") && headers.containsKey("x-ms-date");
            text.append(blank ? "" : headers.getOrDefault(name, "").strip()).append('\n');
        }
        text.append(canonicalHeaders(headers, Comparator.naturalOrder()));
        text.append('/').append(exchange.target().account()).append(exchange.target().rawPath());
        String comp = exchange.query("comp");
        return comp == null ? text.toString() : text.append("?comp=").append(comp).toString();
    }

    private static String canonicalHeaders(Map<String, String> headers, Comparator<? super String> order) {
        List<String> names = new ArrayList<>(headers.keySet().stream().filter(name -> name.startsWith("x-ms-")).toList());
        names.sort(order);
        StringBuilder text = new StringBuilder();
        names.forEach(name -> text.append(name).append(':').append(unfolded(headers.get(name).strip())).append('\n'));
        return text.toString();
    }

    private static String unfolded(String value) {
        return value.indexOf('\n') < 0 ? value : value.replaceAll("\\r?\\n\\s*", " ");
    }

    /** Some clients sort names as a dictionary does, so that signs such as {@code _} and {@code -} stand elsewhere. */
    private static Comparator<String> linguistic() {
        Collator collator = Collator.getInstance(Locale.ROOT);
        return collator::compare;
    }

    private static String canonicalResource(Exchange exchange) {
        StringBuilder text = new StringBuilder("/").append(exchange.target().account()).append(exchange.target().rawPath());
        exchange.target().query().forEach((name, values) -> {
            List<String> sorted = new ArrayList<>(values);
            Collections.sort(sorted);
            text.append('\n').append(name).append(':').append(String.join(",", sorted));
        });
        return text.toString();
    }
}
