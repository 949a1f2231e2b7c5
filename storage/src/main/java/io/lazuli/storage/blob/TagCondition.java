package io.lazuli.storage.blob;

import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import java.util.Map;

/** The header {@code x-ms-if-tags}, and {@code x-ms-source-if-tags} of copies: what tags a blob must have for a request to happen. */
final class TagCondition {
    private TagCondition() {
    }

    /** Whether the tags are as the header says; also when there is no such header. */
    static boolean holds(Exchange exchange, String header, Map<String, String> tags) {
        String condition = exchange.header(header);
        if (condition == null || condition.isEmpty()) {
            return true;
        }
        try {
            return TagExpressionParser.parse(condition, true).matches(tags);
        } catch (TagExpressionParser.Malformed malformed) {
            throw ServiceFailure.invalidHeader(header, condition).with("Reason", malformed.getMessage());
        }
    }

    /** Fails with {@code ConditionNotMet} unless the tags are as the request wants them. */
    static void check(Exchange exchange, Map<String, String> tags) {
        if (!holds(exchange, "x-ms-if-tags", tags)) {
            throw ServiceFailure.conditionNotMet();
        }
    }
}
