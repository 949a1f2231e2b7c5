package io.lazuli.datafactory.check;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Property.Kind;
import io.lazuli.datafactory.workspace.shape.Shape;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.pipeline.PipelineExpression;
import io.lazuli.languages.pipeline.TemplateEvaluator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares objects with their shapes: unknown, missing, mistyped and unsupported properties. */
final class ShapeRules {
    /** Properties whose objects have a type of a group of the same name. */
    private static final Set<String> NESTED = Set.of("location", "storeSettings", "formatSettings", "source", "sink");

    private final Shapes shapes;
    private final Findings findings;

    ShapeRules(Shapes shapes, Findings findings) {
        this.shapes = shapes;
        this.findings = findings;
    }

    /** Checks the {@code typeProperties} of an artifact or activity whose type is of a group. */
    void check(String group, String type, ObjectNode properties, Place typePlace, Place place) {
        Optional<Shape> shape = shapes.find(group, type);
        if (shape.isPresent()) {
            check(shape.get(), properties, place, ("AEIOU".indexOf(type.charAt(0)) >= 0 ? "an " : "a ") + type);
        } else if (!type.isEmpty() && !isFilledLater(type)) {
            ErrorCode code = group.equals("activity") ? DataFactoryError.UNKNOWN_ACTIVITY_TYPE : CheckError.UNKNOWN_TYPE;
            findings.add(group.equals("activity") ? Severity.ERROR : Severity.WARNING, code, typePlace,
                "There is no type of %s named '%s'%s", title(group), type, NearestName.hint(type, shapes.types(group)));
        }
    }

    /** A template's parameter without a value, or an expression. */
    private static boolean isFilledLater(String type) {
        return type.startsWith("[") || PipelineExpression.isExpression(type);
    }

    private static String title(String group) {
        return switch (group) {
            case "linkedService" -> "linked service";
            case "dataflow" -> "data flow";
            case "storeSettings" -> "store settings";
            case "formatSettings" -> "format settings";
            default -> group;
        };
    }

    private void check(Shape shape, ObjectNode object, Place place, String owner) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String name = entry.getKey();
            Place at = place.member(name);
            Optional<Property> property = shape.properties().stream().filter(known -> known.name().equalsIgnoreCase(name)).findFirst();
            if (property.isPresent()) {
                value(property.get(), entry.getValue(), at, owner);
            } else if (!shape.open() && !name.equals("type")) {
                List<String> known = shape.properties().stream().map(Property::name).toList();
                findings.warning(DataFactoryError.UNKNOWN_PROPERTY, at, "%s has no property '%s'%s", capitalised(owner), name,
                    NearestName.hint(name, known));
            }
            typed(name, entry.getValue(), at);
        }
        for (Property property : shape.properties()) {
            if (property.required() && object.properties().stream().noneMatch(entry -> entry.getKey().equalsIgnoreCase(property.name()))) {
                findings.error(DataFactoryError.MISSING_PROPERTY, place, "%s needs the property '%s'", capitalised(owner), property.name());
            }
        }
    }

    /** Settings, sources, sinks and locations have a type of their own; in a copy's mappings, source and sink are columns. */
    private void typed(String group, JsonNode value, Place place) {
        boolean nested = NESTED.contains(group) && !place.jsonPath().contains(".mappings[");
        if (nested && value instanceof ObjectNode object && object.path("type").isString()
            && !TemplateEvaluator.isExpression(object)) {
            check(group, object.get("type").stringValue(), object, place.member("type"), place);
        }
    }

    private void value(Property property, JsonNode value, Place place, String owner) {
        if (!property.supported()) {
            findings.warning(CommonError.NOT_SUPPORTED, place, "The property '%s' of %s is not supported here", property.name(), owner);
        }
        boolean expression = TemplateEvaluator.isExpression(value)
            || value.isString() && PipelineExpression.isExpression(value.stringValue());
        if (expression) {
            if (property.literal()) {
                findings.warning(DataFactoryError.WRONG_TYPE, place, "'%s' of %s cannot be an expression", property.name(), owner);
            }
            return;
        }
        if (value.isNull() || value.isString() && isFilledLater(value.stringValue())) {
            return;
        }
        if (!fits(property.kind(), value)) {
            findings.warning(DataFactoryError.WRONG_TYPE, place, "'%s' of %s is expected to be %s, not %s", property.name(), owner,
                title(property.kind()), shown(value));
            return;
        }
        if (!property.values().isEmpty() && value.isString()
            && property.values().stream().noneMatch(value.stringValue()::equalsIgnoreCase)) {
            findings.warning(DataFactoryError.WRONG_TYPE, place, "'%s' of %s is one of %s, not '%s'%s", property.name(), owner,
                String.join(", ", property.values()), value.stringValue(), NearestName.hint(value.stringValue(), property.values()));
        }
        nested(property, value, place);
    }

    private void nested(Property property, JsonNode value, Place place) {
        if (property.shape().equals(Shape.ANYTHING)) {
            return;
        }
        if (value instanceof ObjectNode object && NESTED.contains(property.name())
            && shapes.find(property.name(), object.path("type").asString("")).isPresent()) {
            unsupported(property, object, place);
        } else if (value instanceof ObjectNode object) {
            check(property.shape(), object, place, "'" + property.name() + "'");
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                if (value.get(i) instanceof ObjectNode element && !TemplateEvaluator.isExpression(element)) {
                    check(property.shape(), element, place.element(i), "an element of '" + property.name() + "'");
                }
            }
        }
    }

    /** Of what all types of a group may have, the activity says what it does not do; each type's own shape says the rest. */
    private void unsupported(Property property, ObjectNode object, Place place) {
        property.shape().properties().stream().filter(known -> !known.supported() && object.has(known.name())).forEach(known ->
            findings.warning(CommonError.NOT_SUPPORTED, place.member(known.name()), "The property '%s' of '%s' is not supported here",
                known.name(), property.name()));
    }

    /** Azure takes numbers and Booleans that are written as texts. */
    private static boolean fits(Kind kind, JsonNode value) {
        String text = value.isString() ? value.stringValue().trim() : "";
        return switch (kind) {
            case ANY -> true;
            case STRING -> !value.isArray();
            case INTEGER -> value.isNumber() || value.isString() && text.matches("[+-]?\\d*");
            case NUMBER -> value.isNumber() || value.isString() && text.matches("[+-]?\\d*\\.?\\d*");
            case BOOLEAN -> value.isBoolean() || value.isString() && text.matches("(?i)true|false|");
            case OBJECT, DATASET_REFERENCE, LINKED_SERVICE_REFERENCE -> value.isObject();
            case ARRAY, ACTIVITIES -> value.isArray();
        };
    }

    private static String title(Kind kind) {
        return switch (kind) {
            case ANY -> "anything";
            case STRING -> "a text";
            case INTEGER -> "a whole number";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case OBJECT -> "an object";
            case DATASET_REFERENCE -> "a dataset reference";
            case LINKED_SERVICE_REFERENCE -> "a linked service reference";
            case ARRAY, ACTIVITIES -> "an array";
        };
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
