package io.lazuli.datafactory.check;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.ArtifactKind;
import io.lazuli.datafactory.workspace.Parameter;
import io.lazuli.datafactory.workspace.ParameterType;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.pipeline.PipelineExpression;
import io.lazuli.languages.pipeline.Reference;
import io.lazuli.languages.pipeline.TemplateEvaluator;
import io.lazuli.languages.pipeline.function.ExpressionError;
import io.lazuli.languages.pipeline.function.Kind;
import io.lazuli.languages.pipeline.function.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The rules of a single activity: properties, references, expressions, variables. Activities inside it are left to the pipeline. */
final class ActivityRules {
    private static final List<String> TOP = List.of(
        "name", "type", "description", "state", "onInactiveMarkAs", "dependsOn", "userProperties", "policy", "typeProperties",
        "linkedServiceName", "sqlPool", "inputs", "outputs", "annotations");
    private static final List<String> POLICY = List.of("timeout", "retry", "retryIntervalInSeconds", "secureInput", "secureOutput");
    private static final List<String> EVALUATED = List.of(
        "typeProperties", "policy", "linkedServiceName", "inputs", "outputs", "userProperties");

    private final Findings findings;
    private final ShapeRules shapes;
    private final ReferenceRules references;
    private final ExpressionRules expressions;
    private final DataFlowRules dataFlows;

    ActivityRules(
        Findings findings, ShapeRules shapes, ReferenceRules references, ExpressionRules expressions, DataFlowRules dataFlows) {
        this.findings = findings;
        this.shapes = shapes;
        this.references = references;
        this.expressions = expressions;
        this.dataFlows = dataFlows;
    }

    void check(ActivityDefinition activity, ExpressionContext context, boolean parallel) {
        Place place = activity.place();
        known(activity.json(), TOP, "An activity", place);
        known(activity.policy().json(), POLICY, "A policy", place.member("policy"));
        ObjectNode own = withoutInner(activity.json());
        if (!activity.inactive()) {
            shapes.check("activity", activity.type(), activity.typeProperties(), place.member("type"), place.member("typeProperties"));
            dataFlows.check(activity);
            for (String name : EVALUATED) {
                if (own.has(name)) {
                    expressions(activity, name, own.get(name), place.member(name), context);
                }
            }
        }
        own.remove("dependsOn");
        references.check(own, place, ArtifactKind.PIPELINE);
        variables(activity, context, parallel);
    }

    private void known(ObjectNode object, List<String> names, String owner, Place place) {
        for (String name : object.propertyNames()) {
            if (names.stream().noneMatch(name::equalsIgnoreCase)) {
                findings.warning(DataFactoryError.UNKNOWN_PROPERTY, place.member(name), "%s has no property '%s'%s", owner, name,
                    NearestName.hint(name, names));
            }
        }
    }

    /** The activity's JSON with empty lists instead of the activities in it. */
    private static ObjectNode withoutInner(ObjectNode json) {
        if (!(json.get("typeProperties") instanceof ObjectNode properties)) {
            return json.objectNode().setAll(json);
        }
        ObjectNode copy = json.objectNode();
        copy.setAll(json);
        ObjectNode own = json.objectNode();
        own.setAll(properties);
        own.remove(List.of("activities", "ifTrueActivities", "ifFalseActivities", "defaultActivities", "cases"));
        copy.set("typeProperties", own);
        return copy;
    }

    private void expressions(ActivityDefinition activity, String name, JsonNode json, Place place, ExpressionContext context) {
        if (!name.equals("typeProperties") || !(json instanceof ObjectNode properties)) {
            expressions.check(json, place, context);
            return;
        }
        for (Map.Entry<String, JsonNode> entry : properties.properties()) {
            expressions.check(entry.getValue(), place.member(entry.getKey()), switch (activity.type() + "." + entry.getKey()) {
                case "Filter.condition" -> context.withItem();
                case "Until.expression" -> context.withUpstream(withInner(activity, context));
                default -> context;
            });
        }
    }

    /** Until's condition is evaluated after its activities have run. */
    private static Set<String> withInner(ActivityDefinition until, ExpressionContext context) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(context.upstream());
        until.branches().values().forEach(inner -> inner.forEach(activity -> names.add(activity.name())));
        return names;
    }

    private void variables(ActivityDefinition activity, ExpressionContext context, boolean parallel) {
        boolean append = activity.type().equals("AppendVariable");
        ObjectNode properties = activity.typeProperties();
        String name = properties.path("variableName").asString("");
        if (!append && !activity.type().equals("SetVariable") || name.isEmpty() || PipelineExpression.isExpression(name)
            || properties.path("setSystemVariable").asBoolean(false)) {
            return;
        }
        Place place = activity.place().member("typeProperties");
        Map<String, Parameter> declared = context.pipeline().variables();
        Optional<Parameter> variable = declared.values().stream().filter(known -> known.name().equalsIgnoreCase(name)).findFirst();
        if (variable.isEmpty()) {
            findings.error(ExpressionError.VARIABLE_NOT_FOUND, place.member("variableName"), "There is no variable '%s'%s", name,
                NearestName.hint(name, declared.keySet()));
            return;
        }
        Optional<ParameterType> type = ParameterType.of(variable.get().type());
        if (append && type.isPresent() && type.get() != ParameterType.ARRAY) {
            findings.error(DataFactoryError.WRONG_TYPE, place.member("variableName"),
                "AppendVariable needs a variable of type Array; '%s' is of type %s", name, variable.get().type());
        }
        if (!append && parallel) {
            findings.warning(CheckError.VARIABLE_RACE, place.member("variableName"),
                "Iterations that run at the same time all set '%s'; make ForEach sequential or use AppendVariable", name);
        }
        value(properties.path("value"), name, append ? Optional.empty() : type, place.member("value"));
    }

    private void value(JsonNode value, String variable, Optional<ParameterType> type, Place place) {
        JsonNode text = TemplateEvaluator.isExpression(value) ? value.get("value") : value;
        if (!text.isString() || !PipelineExpression.isExpression(text.stringValue())) {
            return;
        }
        PipelineExpression expression;
        try {
            expression = PipelineExpression.parse(text.stringValue());
        } catch (LazuliException reportedWithTheExpressions) {
            return;
        }
        for (Reference reference : expression.references()) {
            if (reference.kind() == Reference.Kind.VARIABLE && variable.equalsIgnoreCase(reference.name())) {
                findings.error(CheckError.SELF_REFERENCE, place.within(reference.place().line(), reference.place().column()),
                    "The new value of '%s' cannot read '%s' itself; keep it in another variable first", variable, reference.name());
            }
        }
        type.filter(wanted -> !accepts(wanted, expression.resultKind())).ifPresent(wanted -> findings.error(
            DataFactoryError.WRONG_TYPE, place, "'%s' is of type %s, and the expression gives %s", variable, wanted.title(),
            expression.resultKind().phrase()));
    }

    private static boolean accepts(ParameterType wanted, Kind given) {
        return switch (wanted) {
            case STRING, SECURE_STRING -> given.accepts(ValueType.STRING);
            case INTEGER -> given.accepts(ValueType.INTEGER);
            case FLOAT -> given.accepts(ValueType.FLOAT) || given.accepts(ValueType.INTEGER);
            case BOOLEAN -> given.accepts(ValueType.BOOLEAN);
            case ARRAY -> given.accepts(ValueType.ARRAY);
            case OBJECT -> given.accepts(ValueType.OBJECT);
        };
    }
}
