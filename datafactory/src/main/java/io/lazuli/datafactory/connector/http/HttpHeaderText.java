package io.lazuli.datafactory.connector.http;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Headers as Azure's JSON has them: an object, or text with a {@code Name: value} a line. */
public final class HttpHeaderText {
    private HttpHeaderText() {
    }

    /** The headers by name, in their order; none for a missing or null value. */
    public static Map<String, String> read(JsonNode given, SecretText secrets, Place place) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (given.isObject()) {
            given.properties().forEach(header -> headers.put(header.getKey(), header.getValue().isObject()
                ? secrets.resolve(header.getValue(), place.member(header.getKey())) : header.getValue().asString("")));
        } else if (given.isString()) {
            given.asString().lines().filter(line -> !line.isBlank()).forEach(line -> {
                int colon = line.indexOf(':');
                if (colon < 1) {
                    throw failure(CommonError.INVALID_ARGUMENT, place, "'%s' is no header; expected Name: value", line);
                }
                headers.put(line.substring(0, colon).trim(), line.substring(colon + 1).trim());
            });
        }
        return headers;
    }
}
