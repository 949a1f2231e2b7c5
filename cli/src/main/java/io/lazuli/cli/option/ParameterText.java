package io.lazuli.cli.option;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The value of {@code --param NAME=VALUE}. */
public final class ParameterText {
    private ParameterText() {
    }

    /** JSON if the text can be read as such, else the text. */
    public static JsonNode value(String text) {
        try {
            JsonNode value = JsonMapper.shared().readTree(text);
            return value.isMissingNode() ? JsonMapper.shared().getNodeFactory().stringNode(text) : value;
        } catch (JacksonException plainText) {
            return JsonMapper.shared().getNodeFactory().stringNode(text);
        }
    }
}
