package io.lazuli.datafactory.connector.http;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A response, with its whole body. */
public record HttpReply(int status, HttpHeaders headers, byte[] body, URI uri) {
    private static final Pattern CHARSET = Pattern.compile("charset=\"?([^\";]+)", Pattern.CASE_INSENSITIVE);
    private static final Map<Integer, String> NAMES = Map.ofEntries(Map.entry(400, "BadRequest"), Map.entry(401, "Unauthorized"),
        Map.entry(402, "PaymentRequired"), Map.entry(403, "Forbidden"), Map.entry(404, "NotFound"), Map.entry(405, "MethodNotAllowed"),
        Map.entry(406, "NotAcceptable"), Map.entry(407, "ProxyAuthenticationRequired"), Map.entry(408, "RequestTimeout"),
        Map.entry(409, "Conflict"), Map.entry(410, "Gone"), Map.entry(411, "LengthRequired"), Map.entry(412, "PreconditionFailed"),
        Map.entry(413, "RequestEntityTooLarge"), Map.entry(415, "UnsupportedMediaType"), Map.entry(422, "UnprocessableEntity"),
        Map.entry(429, "TooManyRequests"), Map.entry(500, "InternalServerError"), Map.entry(501, "NotImplemented"),
        Map.entry(502, "BadGateway"), Map.entry(503, "ServiceUnavailable"), Map.entry(504, "GatewayTimeout"));

    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /** The body as text, in the encoding that the response names, else UTF-8. */
    public String text() {
        return new String(body, encoding());
    }

    private Charset encoding() {
        Matcher matcher = CHARSET.matcher(header("Content-Type").orElse(""));
        try {
            return matcher.find() ? Charset.forName(matcher.group(1).trim()) : StandardCharsets.UTF_8;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The headers' texts by name, each word of which begins with a capital: {@code Content-Type}. */
    public Map<String, String> namedHeaders() {
        Map<String, String> named = new TreeMap<>();
        headers.map().forEach((name, values) -> named.put(Arrays.stream(name.split("-")).map(word -> word.isEmpty() ? word
            : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1)).collect(Collectors.joining("-")),
            String.join(", ", values)));
        return named;
    }

    /** The status as .NET calls it, such as {@code NotFound}. */
    public String statusName() {
        return NAMES.getOrDefault(status, Integer.toString(status));
    }
}
