package io.lazuli.datafactory.workspace;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes typed members out of one artifact's JSON. What is missing or of the wrong type is noted, so that the rest can still be read. */
final class PropertyReader {
    private final List<LazuliException> problems = new ArrayList<>();

    List<LazuliException> problems() {
        return problems;
    }

    void wrong(Place place, String format, Object... arguments) {
        problems.add(failure(DataFactoryError.WRONG_TYPE, place, format, arguments));
    }

    private void missing(Place place, String name) {
        problems.add(failure(DataFactoryError.MISSING_PROPERTY, place, "The property '%s' is missing here", name));
    }

    String requiredText(ObjectNode json, String name, Place place) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            missing(place, name);
            return "";
        }
        return text(json, name, place);
    }

    /** A text member, the empty string when there is none. */
    String text(ObjectNode json, String name, Place place) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return "";
        }
        if (!value.isString()) {
            wrong(place.member(name), "A text is expected here, not %s", value);
            return "";
        }
        return value.stringValue();
    }

    /** An object member, an empty object when there is none. */
    ObjectNode object(ObjectNode json, String name, Place place) {
        JsonNode value = json.get(name);
        if (value instanceof ObjectNode object) {
            return object;
        }
        if (value != null && !value.isNull()) {
            wrong(place.member(name), "An object is expected here, not %s", value);
        }
        return JsonNodeFactory.instance.objectNode();
    }

    /** The objects of an array member with their places, none when there is no such member. */
    Map<Place, ObjectNode> objects(ObjectNode json, String name, Place place) {
        Map<Place, ObjectNode> found = new LinkedHashMap<>();
        List<JsonNode> elements = elements(json, name, place);
        for (int i = 0; i < elements.size(); i++) {
            Place element = place.member(name).element(i);
            if (elements.get(i) instanceof ObjectNode object) {
                found.put(element, object);
            } else {
                wrong(element, "An object is expected here, not %s", elements.get(i));
            }
        }
        return found;
    }

    /** The elements of an array member, none when there is no such member. */
    List<JsonNode> elements(ObjectNode json, String name, Place place) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            wrong(place.member(name), "An array is expected here, not %s", value);
            return List.of();
        }
        return List.copyOf(value.values());
    }

    /** A reference member, null when there is none. */
    Reference reference(ObjectNode json, String name, Place place) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        return reference(object(json, name, place), place.member(name));
    }

    /** The reference that an object is. */
    Reference reference(ObjectNode json, Place place) {
        String name = referenceName(json, place);
        return new Reference(name, text(json, "type", place), object(json, "parameters", place), place);
    }

    /** The name, which Azure lets be an expression object in some places. */
    private String referenceName(ObjectNode json, Place place) {
        if (json.get("referenceName") instanceof ObjectNode expression && expression.path("value").isString()) {
            return expression.get("value").stringValue();
        }
        return requiredText(json, "referenceName", place);
    }

    /** A {@code parameters} or {@code variables} member. */
    Map<String, Parameter> parameters(ObjectNode json, String name, Place place) {
        Map<String, Parameter> found = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : object(json, name, place).properties()) {
            Place at = place.member(name).member(entry.getKey());
            if (entry.getValue() instanceof ObjectNode declaration) {
                JsonNode standard = declaration.get("defaultValue");
                found.put(entry.getKey(), new Parameter(entry.getKey(), requiredText(declaration, "type", at), standard, at));
            } else {
                wrong(at, "A declaration with a 'type' is expected here, not %s", entry.getValue());
            }
        }
        return found;
    }
}
