package io.lazuli.languages.pipeline.function;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Bytes with a media type, which the language holds as {@code {"$content-type": type, "$content": base64}}. */
public record Content(String type, byte[] bytes) {
    public static final String BINARY = "application/octet-stream";
    public static final String XML = "application/xml;charset=utf-8";

    public static Content of(String type, String text) {
        return new Content(type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The content that a value holds, if it is a content object. */
    public static Optional<Content> of(JsonNode value) {
        if (!value.isObject() || !value.path("$content-type").isString() || !value.path("$content").isString()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Content(value.get("$content-type").stringValue(),
                Base64.getDecoder().decode(value.get("$content").stringValue())));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public JsonNode toJson() {
        return JsonNodeFactory.instance.objectNode()
            .put("$content-type", type)
            .put("$content", Base64.getEncoder().encodeToString(bytes));
    }
}
