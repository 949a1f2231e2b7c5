package io.lazuli.storage.blob;

import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Which page of a list a request asks for.
 *
 * @param after the last name of the page before, empty for the first page
 */
public record Paging(String after, int limit) {
    private static final int MOST = 5000;

    static Paging of(Exchange exchange) {
        Paging paging = of(exchange.query("marker"), exchange.query("maxresults"));
        String first = exchange.query("startfrom");
        return first == null || first.isEmpty() || !paging.after().isEmpty() ? paging : paging.from(first);
    }

    /** The page that begins with a name, or with the next one. */
    public Paging from(String name) {
        int last = name.length() - 1;
        // No name lies between this text and the name.
        return new Paging(name.substring(0, last) + (char) (name.charAt(last) - 1) + Character.MAX_VALUE, limit);
    }

    /** Reads a marker that {@link #marker} made, and how many entries are wanted; 5,000 at most. */
    public static Paging of(String marker, String maxResults) {
        int limit = MOST;
        if (maxResults != null) {
            if (!maxResults.matches("\\d{1,9}") || Integer.parseInt(maxResults) == 0) {
                throw ServiceFailure.badRequest("OutOfRangeQueryParameterValue",
                    "One of the query parameters specified in the request URI is outside the permissible range.")
                    .with("QueryParameterName", "maxresults").with("QueryParameterValue", maxResults)
                    .with("MinimumAllowed", "1").with("MaximumAllowed", Integer.toString(MOST));
            }
            limit = Math.min(MOST, Integer.parseInt(maxResults));
        }
        try {
            return new Paging(marker == null ? "" : new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8), limit);
        } catch (IllegalArgumentException malformed) {
            throw ServiceFailure.invalidParameter("marker", marker, "The marker is not one that this service gave.");
        }
    }

    /** The marker of the page after a name; empty for null, which means that there is none. */
    public static String marker(String last) {
        return last == null ? "" : Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }
}
