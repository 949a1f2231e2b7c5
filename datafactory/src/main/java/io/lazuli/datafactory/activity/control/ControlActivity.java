package io.lazuli.datafactory.activity.control;

import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;


/** What the control activities have in common: how they read their evaluated properties. */
final class ControlActivity {
    private ControlActivity() {
    }

    static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A property that must be there; a missing one fails as Azure's validation does. */
    static JsonNode required(ActivityContext context, String name) {
        JsonNode value = context.properties().get(name);
        if (value == null) {
            throw new ActivityFailure("InvalidTemplate", "The activity '" + context.definition().name() + "' has no '" + name + "'");
        }
        return value;
    }

    /** A condition's value; text {@code true} and {@code false} in any case count too. */
    static boolean condition(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        String text = value.isString() ? value.stringValue() : "";
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return text.equalsIgnoreCase("true");
        }
        throw new ActivityFailure("InvalidTemplate", "The condition must give a Boolean; it gave " + value);
    }

    static boolean flag(JsonNode value, boolean standard) {
        return value == null || value.isNull() ? standard : condition(value);
    }
}
