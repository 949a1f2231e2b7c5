package io.lazuli.datafactory.workspace;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Gives declared parameters their values: the given ones, or their defaults, as their types. Names ignore case. */
public final class ParameterBinding {
    private ParameterBinding() {
    }

    /**
     * The values of all declared parameters, in the order of their declarations.
     *
     * @param owner such as {@code pipeline 'Load'}, for messages
     * @param given evaluated values by name
     * @param place of the use, for failures
     * @throws io.lazuli.foundation.LazuliException {@code UNKNOWN_PARAMETER}, {@code MISSING_PARAMETER} or {@code WRONG_TYPE}
     */
    public static ObjectNode bind(String owner, Map<String, Parameter> declared, ObjectNode given, Place place) {
        refuseUnknown(owner, declared, given, place);
        Map<String, JsonNode> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        refuseMissing(owner, declared, values, place);
        ObjectNode bound = JsonNodeFactory.instance.objectNode();
        for (Parameter parameter : declared.values()) {
            boolean own = values.containsKey(parameter.name());
            JsonNode value = own ? values.get(parameter.name()) : parameter.defaultValue();
            bound.set(parameter.name(), ParameterType.of(parameter).convert(value,
                "Parameter '" + parameter.name() + "' of " + owner, own ? place : parameter.place()));
        }
        return bound;
    }

    /**
     * What a reference gives, without leftovers: values for parameters that were declared once. Azure's studio leaves them in the JSON, and
     * Azure takes no notice of them. A name that looks like a declared parameter which the reference does not give is no leftover but a
     * mistake, and stays.
     */
    public static ObjectNode withoutLeftovers(Map<String, Parameter> declared, ObjectNode given) {
        ObjectNode kept = given.deepCopy();
        kept.remove(given.propertyNames().stream().filter(name -> isLeftover(name, declared, given)).toList());
        return kept;
    }

    /** Whether a given name is declared nowhere, and no misspelt parameter either. */
    public static boolean isLeftover(String name, Map<String, Parameter> declared, ObjectNode given) {
        if (declared.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
            return false;
        }
        List<String> absent = declared.keySet().stream()
            .filter(known -> given.propertyNames().stream().noneMatch(known::equalsIgnoreCase)).toList();
        return NearestName.of(name, absent).isEmpty();
    }

    private static void refuseUnknown(String owner, Map<String, Parameter> declared, ObjectNode given, Place place) {
        for (String name : given.propertyNames()) {
            if (declared.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
                throw failure(DataFactoryError.UNKNOWN_PARAMETER, place, "%s has no parameter '%s'%s", capitalised(owner), name,
                    NearestName.hint(name, declared.keySet()));
            }
        }
    }

    private static void refuseMissing(String owner, Map<String, Parameter> declared, Map<String, JsonNode> values, Place place) {
        List<String> missing = declared.values().stream()
            .filter(parameter -> isRequired(parameter) && !values.containsKey(parameter.name()))
            .map(parameter -> "'" + parameter.name() + "'").toList();
        if (!missing.isEmpty()) {
            throw failure(DataFactoryError.MISSING_PARAMETER, place, "%s needs %s %s", capitalised(owner),
                missing.size() == 1 ? "a value for parameter" : "values for parameters", String.join(", ", missing));
        }
    }

    /** Whether a use must give a value. */
    public static boolean isRequired(Parameter parameter) {
        return parameter.defaultValue() == null || parameter.defaultValue().isNull();
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
