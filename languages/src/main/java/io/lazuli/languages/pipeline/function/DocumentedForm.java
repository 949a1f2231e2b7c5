package io.lazuli.languages.pipeline.function;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * The form in which Azure's documentation shows the result of a function that gives content.
 *
 * <p>Between functions content is an object. A whole expression that is {@code xml(…)}, {@code binary(…)} or
 * {@code base64ToBinary(…)} gives what the documentation of these functions shows: the XML as text, the argument's bytes as a text of bits.
 */
public final class DocumentedForm {
    private DocumentedForm() {
    }

    /** The documented form of what the outermost function of an expression gave. */
    public static JsonNode of(String function, JsonNode value) {
        return switch (function.toLowerCase(Locale.ROOT)) {
            case "xml" -> Content.of(value).map(content -> Values.string(content.text())).orElse(value);
            case "binary" -> Content.of(value).map(content -> bits(content.bytes())).orElse(value);
            case "base64tobinary" -> bits(value.get("$content").stringValue().getBytes(StandardCharsets.UTF_8));
            default -> value;
        };
    }

    private static JsonNode bits(byte[] bytes) {
        StringBuilder bits = new StringBuilder(bytes.length * Byte.SIZE);
        for (byte next : bytes) {
            for (int bit = Byte.SIZE - 1; bit >= 0; bit--) {
                bits.append((next >> bit & 1) == 0 ? '0' : '1');
            }
        }
        return Values.string(bits.toString());
    }
}
