package io.lazuli.datafactory.activity.control;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Shape;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code Fail}: fails with the given {@code message} and {@code errorCode}; Azure's own texts stand for those that are no texts. */
public final class FailActivity implements ActivityType {
    private static final String NO_CODE = "ErrorCodeNotString";

    @Override
    public String name() {
        return "Fail";
    }

    @Override
    public Shape typeProperties() {
        return Shape.of(Property.string("message").asRequired(), Property.string("errorCode").asRequired());
    }

    @Override
    public boolean control() {
        return true;
    }

    @Override
    public Set<String> unevaluated() {
        return Set.of("message", "errorCode");
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return FailActivity::run;
    }

    private static ObjectNode run(ActivityContext context) {
        String name = context.definition().name();
        Part message = Part.of(context, "message");
        Part code = Part.of(context, "errorCode");
        String uninterpreted = "Failed to interpret " + name + " fail message or error code";
        if (message.broken && code.broken) {
            throw new ActivityFailure(NO_CODE, uninterpreted);
        }
        String text = message.missing ? "Fail message was not provided"
            : message.broken ? name + " fail message parameter could not be interpreted as a string"
            : message.text.isBlank() ? uninterpreted : message.text;
        throw new ActivityFailure(code.missing || code.broken || code.text.isBlank() ? NO_CODE : code.text, text);
    }

    /** One of the two properties. */
    private record Part(String text, boolean missing, boolean broken) {
        static Part of(ActivityContext context, String property) {
            JsonNode template = context.properties().get(property);
            if (template == null) {
                return new Part("", true, false);
            }
            try {
                JsonNode value = context.evaluate(template);
                return value.isContainer() ? new Part("", false, true) : new Part(value.isNull() ? "" : value.asString(), false, false);
            } catch (ActivityFailure uninterpretable) {
                return new Part("", false, true);
            }
        }
    }
}
