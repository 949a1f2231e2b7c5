package io.lazuli.languages.pipeline.function;

import io.lazuli.languages.pipeline.dotnet.NumberText;
import java.util.Collection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What values are as text, and when two are equal. */
public final class Values {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Values() {
    }

    public static JsonNode string(String text) {
        return NODES.stringNode(text);
    }

    static JsonNode bool(boolean value) {
        return NODES.booleanNode(value);
    }

    /** Integers are always held in 64 bits, so that equal numbers are equal nodes. */
    static JsonNode integer(long value) {
        return NODES.numberNode(value);
    }

    static JsonNode real(double value) {
        return NODES.numberNode(value);
    }

    static ArrayNode array(Collection<? extends JsonNode> items) {
        return NODES.arrayNode().addAll(items);
    }

    /**
     * A value within text, as {@code string()}, {@code concat()} and interpolation write it: objects and arrays as compact JSON, null as
     * nothing, Booleans as {@code True} and {@code False}, content objects as the text that they hold.
     */
    public static String text(JsonNode value) {
        return switch (ValueType.of(value)) {
            case STRING -> value.stringValue();
            case BOOLEAN -> value.booleanValue() ? "True" : "False";
            case INTEGER -> value.asString();
            case FLOAT -> NumberText.of(value.doubleValue());
            case NULL -> "";
            case ARRAY -> value.toString();
            case OBJECT -> Content.of(value).map(Content::text).orElseGet(value::toString);
        };
    }

    /** Equality by value: numbers by their amount, a Boolean equals 1 or 0, objects whatever the order of their properties. */
    public static boolean equal(JsonNode left, JsonNode right) {
        ValueType type = ValueType.of(left);
        ValueType other = ValueType.of(right);
        if (Kind.NUMBER.accepts(type) && Kind.NUMBER.accepts(other)) {
            return compareNumbers(left, right) == 0;
        }
        if (type == ValueType.BOOLEAN && Kind.NUMBER.accepts(other)) {
            return right.doubleValue() == (left.booleanValue() ? 1 : 0);
        }
        if (other == ValueType.BOOLEAN && Kind.NUMBER.accepts(type)) {
            return equal(right, left);
        }
        if (type != other) {
            return false;
        }
        return switch (type) {
            case ARRAY -> equalItems(left, right);
            case OBJECT -> equalProperties(left, right);
            default -> left.equals(right) || type == ValueType.NULL;
        };
    }

    private static boolean equalItems(JsonNode left, JsonNode right) {
        boolean equal = left.size() == right.size();
        for (int i = 0; equal && i < left.size(); i++) {
            equal = equal(left.get(i), right.get(i));
        }
        return equal;
    }

    private static boolean equalProperties(JsonNode left, JsonNode right) {
        return left.size() == right.size() && left.properties().stream()
            .allMatch(property -> right.has(property.getKey()) && equal(property.getValue(), right.get(property.getKey())));
    }

    static int compareNumbers(JsonNode left, JsonNode right) {
        return left.isIntegralNumber() && right.isIntegralNumber()
            ? left.bigIntegerValue().compareTo(right.bigIntegerValue())
            : Double.compare(left.doubleValue() + 0.0, right.doubleValue() + 0.0);
    }
}
