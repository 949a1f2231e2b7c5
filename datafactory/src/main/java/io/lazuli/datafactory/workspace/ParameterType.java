package io.lazuli.datafactory.workspace;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The types of parameters and variables. */
public enum ParameterType {
    STRING("string"),
    SECURE_STRING("securestring"),
    INTEGER("int", "integer"),
    FLOAT("float", "double", "number"),
    BOOLEAN("bool", "boolean"),
    ARRAY("array"),
    OBJECT("object");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<String> names;

    ParameterType(String... names) {
        this.names = List.of(names);
    }

    /** The type of that name, in any case; empty for none. */
    public static Optional<ParameterType> of(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(type -> type.names.contains(wanted)).findFirst();
    }

    /** As {@link #of(String)}; {@code WRONG_TYPE} for an unknown name. */
    public static ParameterType of(Parameter parameter) {
        return of(parameter.type()).orElseThrow(() -> {
            List<String> known = Arrays.stream(values()).map(ParameterType::title).toList();
            return failure(DataFactoryError.WRONG_TYPE, parameter.place(), "'%s' has the unknown type '%s'%s",
                parameter.name(), parameter.type(), NearestName.hint(parameter.type(), known));
        });
    }

    /** As parameters name it. */
    public String title() {
        return names.getFirst();
    }

    /** What a parameter or variable of this type holds that nobody gave a value. */
    public JsonNode initial() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (this) {
            case STRING, SECURE_STRING -> nodes.stringNode("");
            case INTEGER, FLOAT -> nodes.numberNode(0);
            case BOOLEAN -> nodes.booleanNode(false);
            case ARRAY -> nodes.arrayNode();
            case OBJECT -> nodes.objectNode();
        };
    }

    /**
     * The value as this type. Texts become numbers, Booleans, arrays and objects where they are written as one, as on a command line;
     * everything else becomes its text for {@link #STRING}. JSON's null stays null.
     *
     * @param what begins the message of the failure, {@code WRONG_TYPE}
     */
    public JsonNode convert(JsonNode value, String what, Place place) {
        JsonNode found = value.isNull() ? value : switch (this) {
            case STRING, SECURE_STRING -> JsonNodeFactory.instance.stringNode(text(value));
            case INTEGER -> integer(value);
            case FLOAT -> number(value);
            case BOOLEAN -> bool(value);
            case ARRAY -> parsed(value, JsonNode::isArray);
            case OBJECT -> parsed(value, JsonNode::isObject);
        };
        if (found == null) {
            throw failure(DataFactoryError.WRONG_TYPE, place, "%s is of type %s, and %s is not", what, title(), shown(value));
        }
        return found;
    }

    private static String text(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue() ? "True" : "False";
        }
        return value.isString() ? value.stringValue() : value.isContainer() ? value.toString() : value.asString();
    }

    private static JsonNode integer(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value;
        }
        try {
            return value.isBoolean() || value.isContainer() ? null
                : JsonNodeFactory.instance.numberNode(new BigDecimal(value.asString().trim()).longValueExact());
        } catch (ArithmeticException | NumberFormatException notWhole) {
            return null;
        }
    }

    private static JsonNode number(JsonNode value) {
        if (value.isNumber()) {
            return value;
        }
        try {
            return value.isString() ? JsonNodeFactory.instance.numberNode(Double.parseDouble(value.stringValue().trim())) : null;
        } catch (NumberFormatException notNumber) {
            return null;
        }
    }

    private static JsonNode bool(JsonNode value) {
        if (value.isBoolean()) {
            return value;
        }
        String text = value.isString() ? value.stringValue().trim().toLowerCase(Locale.ROOT) : "";
        return text.equals("true") || text.equals("false") ? JsonNodeFactory.instance.booleanNode(text.equals("true")) : null;
    }

    private static JsonNode parsed(JsonNode value, Predicate<JsonNode> wanted) {
        if (wanted.test(value)) {
            return value;
        }
        try {
            JsonNode read = value.isString() ? JSON.readTree(value.stringValue()) : null;
            return read != null && wanted.test(read) ? read : null;
        } catch (JacksonException notJson) {
            return null;
        }
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
