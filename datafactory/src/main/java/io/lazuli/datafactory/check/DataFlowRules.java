package io.lazuli.datafactory.check;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.dataflow.FlowDefinition;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.DataFlow;
import io.lazuli.datafactory.workspace.Dataset;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.script.FlowScript;
import io.lazuli.languages.pipeline.PipelineExpression;
import io.lazuli.languages.pipeline.TemplateEvaluator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code ExecuteDataFlow} gives to the datasets of a data flow's sources and sinks. */
final class DataFlowRules {
    private static final Set<String> ENDS = Set.of("source", "sink");

    private final Workspace workspace;
    private final Findings findings;
    private final ParameterRules parameters;

    DataFlowRules(Workspace workspace, Findings findings) {
        this.workspace = workspace;
        this.findings = findings;
        this.parameters = new ParameterRules(findings);
    }

    void check(ActivityDefinition activity) {
        if (!activity.type().equals("ExecuteDataFlow")) {
            return;
        }
        Place place = activity.place().member("typeProperties");
        ObjectNode properties = activity.typeProperties();
        Optional<String> member = Stream.of("dataflow", "dataFlow").filter(properties::has).findFirst();
        if (member.isEmpty()) {
            findings.error(DataFactoryError.MISSING_PROPERTY, place, "An ExecuteDataFlow needs the property 'dataflow'");
            return;
        }
        JsonNode reference = properties.get(member.get());
        DataFlow flow = workspace.dataFlows().get(reference.path("referenceName").asString(""));
        if (flow != null) {
            definition(flow).ifPresent(known -> {
                ends(known, reference.path("datasetParameters"), place.member(member.get()));
                linkedServices(known, reference.path("linkedServiceParameters"), place.member(member.get()));
            });
        }
    }

    /** An expression's values are known when it runs. */
    private static boolean isExpression(JsonNode given) {
        return given.isString() && PipelineExpression.isExpression(given.stringValue()) || TemplateEvaluator.isExpression(given);
    }

    private void linkedServices(FlowDefinition flow, JsonNode given, Place place) {
        if (!isExpression(given)) {
            given.propertyNames().stream().filter(name -> !flow.ends().contains(name)).forEach(name -> findings.error(
                DataFactoryError.UNKNOWN_PARAMETER, place.member("linkedServiceParameters").member(name),
                "linkedServiceParameters: data flow '%s' has no '%s'%s", flow.name(), name, NearestName.hint(name, flow.ends())));
        }
    }

    private static Optional<FlowDefinition> definition(DataFlow flow) {
        try {
            return Optional.of(FlowDefinition.of(flow));
        } catch (LazuliException reportedWithTheFlow) {
            return Optional.empty();
        }
    }

    private void ends(FlowDefinition flow, JsonNode given, Place place) {
        if (isExpression(given)) {
            return;
        }
        List<String> ends = flow.graph().statements().stream()
            .filter(statement -> ENDS.contains(statement.transformation())).map(FlowScript.Statement::name).toList();
        given.propertyNames().stream().filter(name -> !ends.contains(name)).forEach(name -> findings.warning(
            DataFactoryError.UNKNOWN_PARAMETER, place.member("datasetParameters").member(name),
            "The data flow '%s' has no source or sink '%s'%s", flow.name(), name, NearestName.hint(name, ends)));
        for (String end : ends) {
            flow.dataset(end).ifPresent(reference -> dataset(end, reference, given.path(end), place));
        }
    }

    /** Values of the activity replace those that stand in the data flow. */
    private void dataset(String end, Reference reference, JsonNode given, Place place) {
        Dataset dataset = workspace.datasets().get(reference.name());
        if (dataset == null || !given.isMissingNode() && !given.isObject() || isExpression(given)) {
            return;
        }
        String owner = "dataset '" + dataset.name() + "' of '" + end + "'";
        ObjectNode all = reference.parameters().deepCopy();
        if (given instanceof ObjectNode values) {
            parameters.given(owner, dataset.parameters(), values, place.member("datasetParameters").member(end));
            all.setAll(values);
        }
        parameters.missing(owner, dataset.parameters(), all, place, Severity.ERROR);
    }
}
