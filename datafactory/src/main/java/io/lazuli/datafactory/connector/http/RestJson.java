package io.lazuli.datafactory.connector.http;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.datafactory.connector.JsonPath;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Documents of web services, with numbers as they are written. */
public final class RestJson {
    public static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private RestJson() {
    }

    static JsonNode parse(HttpReply reply) {
        try {
            return JSON.readTree(reply.text());
        } catch (JacksonException e) {
            throw failure(AlgebraError.MALFORMED_DATA, "The response of %s is not JSON: %s", reply.uri(), e.getOriginalMessage(), e);
        }
    }

    /** A response that is one document, or an array of those that stand one a line. */
    static JsonNode lines(HttpReply reply) {
        String text = reply.text();
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() > 1) {
            try {
                ArrayNode documents = JSON.createArrayNode();
                lines.forEach(line -> documents.add(JSON.readTree(line)));
                return documents;
            } catch (JacksonException oneDocument) {
                return parse(reply);
            }
        }
        return parse(reply);
    }

    /** What a path finds; empty when there is nothing. */
    static Optional<JsonNode> find(JsonNode document, JsonPath path) {
        JsonNode found = document;
        for (JsonPath.Step step : path.steps()) {
            found = switch (step) {
                case JsonPath.Member member -> found.path(member.name());
                case JsonPath.Element element -> found.path(element.index());
                case JsonPath.Each each -> found;
            };
        }
        return found.isMissingNode() ? Optional.empty() : Optional.of(found);
    }
}
