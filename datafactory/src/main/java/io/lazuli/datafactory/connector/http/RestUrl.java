package io.lazuli.datafactory.connector.http;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses as users write them. */
public final class RestUrl {
    private RestUrl() {
    }

    /** {@code base/relative}, with one slash; the relative part may begin with a query. */
    public static String join(String base, String relative) {
        if (relative.isEmpty() || relative.matches("(?i)https?://.*")) {
            return relative.isEmpty() ? base : relative;
        }
        boolean query = relative.startsWith("?");
        return query ? base + relative : base.replaceAll("/+$", "") + "/" + relative.replaceAll("^/+", "");
    }

    /** The address with a query parameter set, in place of the one of that name. */
    static String withParameter(String url, String name, String value) {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        int mark = url.indexOf('?');
        if (mark < 0) {
            return url + "?" + encoded;
        }
        StringBuilder query = new StringBuilder();
        boolean found = false;
        for (String part : url.substring(mark + 1).split("&")) {
            boolean same = part.equals(name) || part.startsWith(name + "=");
            query.append(query.isEmpty() ? "" : "&").append(same ? encoded : part);
            found |= same;
        }
        return url.substring(0, mark + 1) + query + (found ? "" : (query.isEmpty() ? "" : "&") + encoded);
    }

    /** Encodes what an address must not hold, and leaves what is encoded. */
    public static URI uri(String url) {
        StringBuilder encoded = new StringBuilder();
        url.trim().codePoints().forEach(point -> {
            boolean allowed = point > ' ' && point < 127 && "\"<>\\^`{|}[]".indexOf(point) < 0;
            String text = Character.toString(point);
            encoded.append(allowed ? text : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"));
        });
        try {
            return URI.create(encoded.toString());
        } catch (IllegalArgumentException e) {
            throw failure(CommonError.INVALID_ARGUMENT, "'%s' is no URL: %s", url, e.getMessage(), e);
        }
    }
}
