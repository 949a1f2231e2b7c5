package io.lazuli.datafactory.workspace;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The part of the templates' expression language that exported factories use: {@code concat}, {@code parameters}, {@code variables},
 * {@code format}, {@code toLower}, {@code toUpper}, {@code resourceId}, {@code resourceGroup()}, {@code subscription()},
 * {@code uniqueString}, {@code listKeys}, member and index access.
 */
final class ArmExpression {
    private final String text;
    private final Place place;
    private final Function<String, JsonNode> parameters;
    private final Function<String, JsonNode> variables;
    private int position;

    private ArmExpression(String text, Place place, Function<String, JsonNode> parameters, Function<String, JsonNode> variables) {
        this.text = text;
        this.place = place;
        this.parameters = parameters;
        this.variables = variables;
    }

    /** Whether a template's text is an expression: it is in brackets, and the first is not doubled. */
    static boolean isExpression(String text) {
        return text.startsWith("[") && text.endsWith("]") && !text.startsWith("[[");
    }

    /** The value of a text in brackets; {@code SYNTAX_ERROR} or {@code NOT_SUPPORTED} with its column. */
    static JsonNode evaluate(
        String bracketed, Place place, Function<String, JsonNode> parameters, Function<String, JsonNode> variables) {
        ArmExpression expression = new ArmExpression(bracketed.substring(1, bracketed.length() - 1), place, parameters, variables);
        JsonNode value = expression.value();
        expression.skipSpace();
        if (expression.position < expression.text.length()) {
            throw expression.syntax("The expression goes on where it should end");
        }
        return value;
    }

    private JsonNode value() {
        skipSpace();
        if (position >= text.length()) {
            throw syntax("The expression ends too early");
        }
        char next = text.charAt(position);
        if (next == '\'') {
            return StringNode.valueOf(quoted());
        }
        if (next == '-' || Character.isDigit(next)) {
            return number();
        }
        return access(call());
    }

    private String quoted() {
        StringBuilder found = new StringBuilder();
        for (position++; position < text.length(); position++) {
            if (text.charAt(position) != '\'') {
                found.append(text.charAt(position));
            } else if (text.startsWith("''", position)) {
                found.append('\'');
                position++;
            } else {
                position++;
                return found.toString();
            }
        }
        throw syntax("The text has no closing quote");
    }

    private JsonNode number() {
        int start = position++;
        while (position < text.length() && Character.isDigit(text.charAt(position))) {
            position++;
        }
        return JsonNodeFactory.instance.numberNode(Long.parseLong(text.substring(start, position)));
    }

    private String name() {
        int start = position;
        while (position < text.length() && (Character.isLetterOrDigit(text.charAt(position)) || text.charAt(position) == '_')) {
            position++;
        }
        if (start == position) {
            throw syntax("A function's name is expected");
        }
        return text.substring(start, position);
    }

    private JsonNode call() {
        int start = position;
        String function = name();
        expect('(');
        List<JsonNode> arguments = new ArrayList<>();
        skipSpace();
        while (position < text.length() && text.charAt(position) != ')') {
            if (!arguments.isEmpty()) {
                expect(',');
            }
            arguments.add(value());
            skipSpace();
        }
        expect(')');
        return apply(function, arguments, start);
    }

    private JsonNode access(JsonNode value) {
        JsonNode found = value;
        while (position < text.length() && (text.charAt(position) == '.' || text.charAt(position) == '[')) {
            if (text.charAt(position++) == '.') {
                found = found.path(name());
            } else {
                JsonNode key = value();
                expect(']');
                found = key.isIntegralNumber() ? found.path(key.intValue()) : found.path(key.asString());
            }
        }
        return found.isMissingNode() ? JsonNodeFactory.instance.nullNode() : found;
    }

    private JsonNode apply(String function, List<JsonNode> arguments, int start) {
        return switch (function.toLowerCase(Locale.ROOT)) {
            case "concat" -> concat(arguments);
            case "parameters" -> parameters.apply(only(arguments, start));
            case "variables" -> variables.apply(only(arguments, start));
            case "format" -> format(arguments);
            case "tolower" -> StringNode.valueOf(only(arguments, start).toLowerCase(Locale.ROOT));
            case "toupper" -> StringNode.valueOf(only(arguments, start).toUpperCase(Locale.ROOT));
            case "string" -> StringNode.valueOf(only(arguments, start));
            case "resourceid" -> StringNode.valueOf("/" + joined(arguments, "/"));
            case "uniquestring" -> StringNode.valueOf(unique(joined(arguments, "-")));
            case "listkeys" -> keys();
            case "resourcegroup" -> named(Map.of("id", "/subscriptions/local/resourceGroups/local", "name", "local", "location", "local"));
            case "subscription" -> named(Map.of("id", "/subscriptions/local", "subscriptionId", "local", "tenantId", "local"));
            default -> {
                position = start;
                throw failure(CommonError.NOT_SUPPORTED, place.within(1, start + 2),
                    "The template function '%s' is not supported", function);
            }
        };
    }

    private static JsonNode concat(List<JsonNode> arguments) {
        if (!arguments.isEmpty() && arguments.stream().allMatch(JsonNode::isArray)) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            arguments.forEach(array -> all.addAll(array.values()));
            return all;
        }
        return StringNode.valueOf(joined(arguments, ""));
    }

    private static String joined(List<JsonNode> arguments, String separator) {
        return String.join(separator, arguments.stream().map(ArmExpression::written).toList());
    }

    private static String written(JsonNode value) {
        return value.isContainer() ? value.toString() : value.asString();
    }

    private static JsonNode format(List<JsonNode> arguments) {
        String found = arguments.isEmpty() ? "" : written(arguments.getFirst());
        for (int i = 1; i < arguments.size(); i++) {
            found = found.replace("{" + (i - 1) + "}", written(arguments.get(i)));
        }
        return StringNode.valueOf(found);
    }

    private static ObjectNode named(Map<String, String> members) {
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        members.forEach(found::put);
        return found;
    }

    /** Thirteen letters and digits that are always the same for a text; Azure's are others. */
    private static String unique(String text) {
        String digits = new BigInteger(1, text.getBytes(StandardCharsets.UTF_8)).mod(BigInteger.TWO.pow(61).subtract(BigInteger.ONE))
            .toString(32);
        return "u" + "0".repeat(12 - Math.min(12, digits.length())) + digits.substring(Math.max(0, digits.length() - 12));
    }

    /** Local resources need no keys, so any will do. */
    private static JsonNode keys() {
        ObjectNode found = named(Map.of("primaryKey", "local", "secondaryKey", "local", "key1", "local", "key2", "local"));
        found.putArray("keys").add(named(Map.of("keyName", "key1", "value", "local")))
            .add(named(Map.of("keyName", "key2", "value", "local")));
        return found;
    }

    private String only(List<JsonNode> arguments, int start) {
        if (arguments.size() != 1) {
            position = start;
            throw syntax("This function takes one argument, not " + arguments.size());
        }
        return written(arguments.getFirst());
    }

    private void expect(char wanted) {
        skipSpace();
        if (position >= text.length() || text.charAt(position) != wanted) {
            throw syntax("'" + wanted + "' is expected here");
        }
        position++;
    }

    private void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    /** Columns count within the text as it is written, with its bracket. */
    private RuntimeException syntax(String message) {
        return failure(CommonError.SYNTAX_ERROR, place.within(1, position + 2), "Template expression: %s", message);
    }
}
