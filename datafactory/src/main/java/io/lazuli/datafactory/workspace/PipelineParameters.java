package io.lazuli.datafactory.workspace;

import io.lazuli.foundation.Place;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The values that a run of a pipeline begins with. */
public final class PipelineParameters {
    private PipelineParameters() {
    }

    /**
     * The run's parameters: given values (texts of a command line, or JSON) and defaults, each as its type.
     *
     * @throws io.lazuli.foundation.LazuliException {@code UNKNOWN_PARAMETER}, {@code MISSING_PARAMETER} or {@code WRONG_TYPE}
     */
    public static ObjectNode bind(Pipeline pipeline, ObjectNode given) {
        return bind(pipeline, given, pipeline.place());
    }

    /** As {@link #bind(Pipeline, ObjectNode)}; failures have the place that gives the values. */
    public static ObjectNode bind(Pipeline pipeline, ObjectNode given, Place place) {
        return ParameterBinding.bind("pipeline '" + pipeline.name() + "'", pipeline.parameters(), given, place);
    }

    /** What a calling pipeline gives, with null for each parameter without default that it leaves out, as in Azure. */
    public static ObjectNode ofCall(Pipeline pipeline, ObjectNode given) {
        ObjectNode complete = ParameterBinding.withoutLeftovers(pipeline.parameters(), given);
        pipeline.parameters().values().stream().filter(ParameterBinding::isRequired).map(Parameter::name)
            .filter(name -> given.propertyNames().stream().noneMatch(name::equalsIgnoreCase)).forEach(complete::putNull);
        return complete;
    }

    /** The variables' first values: their defaults, or what their type is when nobody set it. */
    public static ObjectNode variables(Pipeline pipeline) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        for (Parameter variable : pipeline.variables().values()) {
            ParameterType type = ParameterType.of(variable);
            JsonNode standard = variable.defaultValue();
            boolean none = standard == null || standard.isNull();
            values.set(variable.name(), none ? type.initial()
                : type.convert(standard, "Variable '" + variable.name() + "'", variable.place()));
        }
        return values;
    }
}
