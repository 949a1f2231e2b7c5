package io.lazuli.server.identity;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is answered, as JSON.
 *
 * @param text the body as it is, null when it is in {@code body}
 */
record TokenAnswer(int status, Map<String, Object> body, String text) {
    private static final Pattern CODE = Pattern.compile("AADSTS(\\d+):.*");

    static TokenAnswer of(Map<String, Object> body) {
        return new TokenAnswer(200, body, null);
    }

    static TokenAnswer text(String text) {
        return new TokenAnswer(200, Map.of(), text);
    }

    /** A refusal as Entra ID words it. */
    static TokenAnswer failed(int status, String error, String description) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("error_description", description);
        Matcher code = CODE.matcher(description);
        body.put("error_codes", code.matches() ? List.of(Integer.parseInt(code.group(1))) : List.of());
        body.put("timestamp", Instant.now().toString());
        body.put("trace_id", UUID.randomUUID().toString());
        body.put("correlation_id", UUID.randomUUID().toString());
        return new TokenAnswer(status, body, null);
    }
}
