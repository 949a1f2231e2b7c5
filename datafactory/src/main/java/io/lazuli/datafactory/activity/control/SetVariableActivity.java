package io.lazuli.datafactory.activity.control;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Property.Kind;
import io.lazuli.datafactory.workspace.shape.Shape;
import io.lazuli.languages.pipeline.PipelineExpression;
import io.lazuli.languages.pipeline.Reference;
import java.math.BigDecimal;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;


/**
 * {@code SetVariable}: gives a variable a value, or, with {@code setSystemVariable} and the name {@code pipelineReturnValue}, tells the
 * calling pipeline {@code key}s and {@code value}s.
 */
public final class SetVariableActivity implements ActivityType {
    @Override
    public String name() {
        return "SetVariable";
    }

    @Override
    public Shape typeProperties() {
        return Shape.of(Property.string("variableName").asRequired(), Property.of("value", Kind.ANY), Property.bool("setSystemVariable"));
    }

    @Override
    public boolean control() {
        return true;
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return SetVariableActivity::run;
    }

    private static ObjectNode run(ActivityContext context) {
        String variable = ControlActivity.required(context, "variableName").asString();
        JsonNode value = context.properties().has("value") ? context.properties().get("value") : NullNode.instance;
        if (ControlActivity.flag(context.properties().get("setSystemVariable"), false)) {
            return returnValues(context, variable, value);
        }
        rejectSelfReference(variable, context.definition().typeProperties().path("value"));
        context.orchestration().setVariable(variable, value);
        ObjectNode output = JsonNodeFactory.instance.objectNode().put("name", variable);
        output.set("value", value);
        return output;
    }

    private static void rejectSelfReference(String variable, JsonNode template) {
        JsonNode text = template.isObject() && template.path("type").asString("").equalsIgnoreCase("Expression")
            ? template.path("value") : template;
        boolean self = text.isString() && PipelineExpression.parse(text.stringValue()).references().stream()
            .anyMatch(reference -> reference.kind() == Reference.Kind.VARIABLE && variable.equalsIgnoreCase(reference.name()));
        if (self) {
            throw new ActivityFailure("InvalidTemplate", "The variable '" + variable + "' cannot be read in the value that it is set to; "
                + "set another variable first");
        }
    }

    private static ObjectNode returnValues(ActivityContext context, String variable, JsonNode value) {
        if (!variable.equals("pipelineReturnValue")) {
            throw new ActivityFailure("InvalidTemplate", "There is no system variable '" + variable + "'; expected pipelineReturnValue");
        }
        if (!value.isArray()) {
            throw new ActivityFailure("InvalidTemplate", "A pipeline's return value is an array of keys and values, not " + value);
        }
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        for (JsonNode pair : value) {
            values.set(pair.path("key").asString(""), typed(pair.path("value")));
        }
        values.properties().forEach(pair -> context.orchestration().setReturnValue(pair.getKey(), pair.getValue()));
        ObjectNode output = JsonNodeFactory.instance.objectNode().put("name", variable);
        output.set("value", values);
        return output;
    }

    /** A value that may come as {@code {"type": "Int", "content": "5"}}. */
    private static JsonNode typed(JsonNode value) {
        if (!value.isObject() || !value.path("type").isString()) {
            return value;
        }
        JsonNode content = value.path("content");
        return switch (value.get("type").stringValue().toLowerCase(Locale.ROOT)) {
            case "string", "expression" -> value.get("type").stringValue().equalsIgnoreCase("String") && !content.isContainer()
                ? StringNode.valueOf(content.asString("")) : content;
            case "int" -> number(content, true);
            case "float" -> number(content, false);
            case "boolean", "bool" -> BooleanNode.valueOf(ControlActivity.condition(content));
            case "null" -> NullNode.instance;
            case "array" -> elements(content);
            case "object" -> members(content);
            default -> value;
        };
    }

    private static JsonNode number(JsonNode content, boolean whole) {
        if (content.isNumber()) {
            return content;
        }
        try {
            String text = content.asString("").strip();
            return whole ? LongNode.valueOf(Long.parseLong(text)) : DecimalNode.valueOf(new BigDecimal(text));
        } catch (NumberFormatException problem) {
            throw new ActivityFailure("InvalidTemplate", "A return value of type " + (whole ? "Int" : "Float") + " is " + content, problem);
        }
    }

    private static JsonNode elements(JsonNode content) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        content.forEach(element -> array.add(typed(element)));
        return content.isArray() ? array : content;
    }

    private static JsonNode members(JsonNode content) {
        if (!content.isArray()) {
            return content;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        content.forEach(pair -> object.set(pair.path("key").asString(""), typed(pair.path("value"))));
        return object;
    }
}
