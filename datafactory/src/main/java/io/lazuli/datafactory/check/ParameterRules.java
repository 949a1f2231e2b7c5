package io.lazuli.datafactory.check;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.workspace.Parameter;
import io.lazuli.datafactory.workspace.ParameterBinding;
import io.lazuli.datafactory.workspace.ParameterType;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.pipeline.PipelineExpression;
import io.lazuli.languages.pipeline.TemplateEvaluator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares the parameters that a reference gives with those that are declared, and looks at the declarations. */
final class ParameterRules {
    private final Findings findings;

    ParameterRules(Findings findings) {
        this.findings = findings;
    }

    /** The declarations of parameters or variables: known types, defaults of these types. */
    void declarations(Map<String, Parameter> declared) {
        for (Parameter parameter : declared.values()) {
            Optional<ParameterType> type = ParameterType.of(parameter.type());
            if (type.isEmpty()) {
                List<String> known = List.of(ParameterType.values()).stream().map(ParameterType::title).toList();
                findings.error(DataFactoryError.WRONG_TYPE, parameter.place(), "'%s' has the unknown type '%s'%s", parameter.name(),
                    parameter.type(), NearestName.hint(parameter.type(), known));
            } else if (!ParameterBinding.isRequired(parameter)) {
                value("The default of '" + parameter.name() + "'", type.get(), parameter.defaultValue(),
                    parameter.place().member("defaultValue"));
            }
        }
    }

    /** {@code missing} is how a reference that leaves parameters out is judged; null leaves it alone. */
    void check(String owner, Map<String, Parameter> declared, ObjectNode given, Place place, Severity missing) {
        given(owner, declared, given, place.member("parameters"));
        if (missing != null) {
            missing(owner, declared, given, place, missing);
        }
    }

    /** Values that are given: declared ones, of the right type. */
    void given(String owner, Map<String, Parameter> declared, ObjectNode given, Place place) {
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            Place at = place.member(entry.getKey());
            Optional<Parameter> parameter = declared.values().stream()
                .filter(known -> known.name().equalsIgnoreCase(entry.getKey())).findFirst();
            if (parameter.isEmpty()) {
                boolean leftover = ParameterBinding.isLeftover(entry.getKey(), declared, given);
                findings.add(leftover ? Severity.WARNING : Severity.ERROR, DataFactoryError.UNKNOWN_PARAMETER, at,
                    "The %s has no parameter '%s'%s", owner, entry.getKey(), NearestName.hint(entry.getKey(), declared.keySet()));
            } else {
                ParameterType.of(parameter.get().type()).ifPresent(type ->
                    value("Parameter '" + entry.getKey() + "' of the " + owner, type, entry.getValue(), at));
            }
        }
    }

    /** Values that must be given. */
    void missing(String owner, Map<String, Parameter> declared, ObjectNode given, Place place, Severity severity) {
        List<String> absent = declared.values().stream().filter(ParameterBinding::isRequired)
            .map(Parameter::name).filter(name -> given.propertyNames().stream().noneMatch(name::equalsIgnoreCase))
            .map(name -> "'" + name + "'").toList();
        if (!absent.isEmpty()) {
            findings.add(severity, DataFactoryError.MISSING_PARAMETER, place, "The %s needs %s %s", owner,
                absent.size() == 1 ? "a value for parameter" : "values for parameters", String.join(", ", absent));
        }
    }

    private void value(String what, ParameterType type, JsonNode value, Place place) {
        boolean computed = TemplateEvaluator.isExpression(value)
            || value.isString() && (PipelineExpression.isExpression(value.stringValue()) || value.stringValue().startsWith("["));
        boolean empty = value.isString() && value.stringValue().isEmpty();
        if (computed || empty) {
            return;
        }
        try {
            type.convert(value, what, place);
        } catch (LazuliException mistyped) {
            findings.add(Severity.ERROR, mistyped);
        }
    }
}
