package io.lazuli.datafactory.connector.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request.
 *
 * @param headers names compare without case
 * @param body null for none
 * @param timeout for the response's headers
 */
public record HttpCall(String method, URI uri, Map<String, String> headers, byte[] body, Duration timeout) {
    public HttpCall {
        TreeMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = copy;
    }

    /** The same request with another header, or another value of it. */
    public HttpCall with(String header, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(header, value);
        return new HttpCall(method, uri, more, body, timeout);
    }
}
