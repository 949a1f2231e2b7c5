package io.lazuli.datafactory.run;

import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.pipeline.Scope;
import io.lazuli.languages.pipeline.TemplateEvaluator;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What goes into an activity, and what comes out when it fails. */
final class Templates {
    private Templates() {
    }

    /** {@code typeProperties} evaluated, without inner activities, lazy members as they are written. */
    static ObjectNode input(ActivityType type, ActivityDefinition definition, Scope scope) {
        ObjectNode properties = definition.typeProperties();
        Set<String> inner = new HashSet<>();
        definition.branches().keySet().forEach(path -> inner.add(path.split("[\\[.]", 2)[0]));
        Set<String> lazy = type.unevaluated();
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        Place place = definition.place().member("typeProperties");
        properties.properties().forEach(property -> {
            String name = property.getKey();
            if (lazy.contains(name)) {
                input.set(name, property.getValue());
            } else if (!inner.contains(name)) {
                input.set(name, evaluate(property.getValue(), scope, place.member(name)));
            }
        });
        return input;
    }

    /** A template's value; a failure is an activity's, as Azure reports it. */
    static JsonNode evaluate(JsonNode template, Scope scope, Place place) {
        try {
            return TemplateEvaluator.evaluate(template, scope, place);
        } catch (LazuliException problem) {
            String message = problem.getMessage() + (problem.place().toString().isEmpty() ? "" : " (" + problem.place() + ")");
            throw new ActivityFailure("InvalidTemplate", message, problem);
        }
    }

    static ObjectNode error(ActivityDefinition definition, Throwable problem) {
        return switch (problem) {
            case ActivityFailure known -> error(definition, known.errorCode(), known.getMessage(), known.failureType());
            case LazuliException known -> error(definition, known.code().name(), located(known),
                known.code().category() == ErrorCode.Category.USER ? "UserError" : "SystemError");
            default -> {
                LoggerFactory.getLogger(ActivityRunner.class).error("Activity '{}' failed", definition.name(), problem);
                yield error(definition, CommonError.INTERNAL_ERROR.name(), problem.toString(), "SystemError");
            }
        };
    }

    private static String located(LazuliException problem) {
        String place = problem.place().toString();
        return place.isEmpty() ? problem.getMessage() : problem.getMessage() + " (" + place + ")";
    }

    static ObjectNode error(ActivityDefinition definition, String code, String message, String failureType) {
        ObjectNode error = JsonNodeFactory.instance.objectNode()
            .put("errorCode", code).put("message", message).put("failureType", failureType).put("target", definition.name());
        error.putArray("details");
        return error;
    }
}
