package io.lazuli.languages.pipeline;

import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Evaluates every expression in a JSON tree, such as the {@code typeProperties} of an activity.
 *
 * <p>A string property that is an expression, and an object {@code {"value": "…", "type": "Expression"}}, become their values. Any
 * other object stays an object, so a {@code SecureString} and an {@code AzureKeyVaultSecret} remain marked as secrets.
 */
public final class TemplateEvaluator {
    private TemplateEvaluator() {
    }

    /** The tree with values in the place of expressions; the given tree is not changed. */
    public static JsonNode evaluate(JsonNode tree, Scope scope) {
        return evaluate(tree, scope, Place.of(null, "$"));
    }

    /**
     * The tree with values in the place of expressions.
     *
     * @param place where the tree stands; a failure leaves with the place of the property below it, and line and column in its text
     */
    public static JsonNode evaluate(JsonNode tree, Scope scope, Place place) {
        if (tree.isString()) {
            return evaluateText(tree, scope, place);
        }
        if (tree.isArray()) {
            return evaluateArray(tree, scope, place);
        }
        if (!tree.isObject()) {
            return tree;
        }
        if (isExpression(tree)) {
            return evaluate(tree.get("value"), scope, place.member("value"));
        }
        return evaluateObject(tree, scope, place);
    }

    /** Whether an object is {@code {"value": …, "type": "Expression"}}. */
    public static boolean isExpression(JsonNode object) {
        return object.size() == 2 && object.has("value") && object.path("type").isString()
            && object.get("type").stringValue().equalsIgnoreCase("Expression");
    }

    private static JsonNode evaluateText(JsonNode text, Scope scope, Place place) {
        if (!PipelineExpression.isExpression(text.stringValue())) {
            return text;
        }
        try {
            return PipelineExpression.parse(text.stringValue()).evaluate(scope);
        } catch (LazuliException failure) {
            throw failure.at(place.within(failure.place().line(), failure.place().column()));
        }
    }

    private static JsonNode evaluateArray(JsonNode array, Scope scope, Place place) {
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < array.size(); i++) {
            result.add(evaluate(array.get(i), scope, place.element(i)));
        }
        return result;
    }

    private static JsonNode evaluateObject(JsonNode object, Scope scope, Place place) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            result.set(property.getKey(), evaluate(property.getValue(), scope, place.member(property.getKey())));
        }
        return result;
    }
}
