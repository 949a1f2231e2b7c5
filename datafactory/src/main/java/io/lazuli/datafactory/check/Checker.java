package io.lazuli.datafactory.check;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.dataflow.FlowCheck;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.Artifact;
import io.lazuli.datafactory.workspace.ArtifactKind;
import io.lazuli.datafactory.workspace.Dataset;
import io.lazuli.datafactory.workspace.LinkedService;
import io.lazuli.datafactory.workspace.Pipeline;
import io.lazuli.datafactory.workspace.Trigger;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.foundation.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a whole workspace without running it. An instance checks one workspace once. */
public final class Checker {
    private static final List<ArtifactKind> USED_BY_NAME = List.of(
        ArtifactKind.DATASET, ArtifactKind.LINKED_SERVICE, ArtifactKind.DATA_FLOW, ArtifactKind.NOTEBOOK);

    private final Workspace workspace;
    private final LazuliConfiguration configuration;
    private final Findings findings = new Findings();
    private final ShapeRules shapes = new ShapeRules(new Shapes(), findings);
    private final ParameterRules parameters = new ParameterRules(findings);
    private final ReferenceRules references;
    private final ExpressionRules expressions;
    private final FlowCheck dataFlows;

    /** The engine computes constants in data flows; it is not asked for before one needs it. */
    public Checker(Workspace workspace, LazuliConfiguration configuration, Supplier<Engine> engine) {
        this.workspace = workspace;
        this.configuration = configuration;
        this.dataFlows = new FlowCheck(workspace, engine);
        this.references = new ReferenceRules(workspace, findings);
        this.expressions = new ExpressionRules(workspace, findings);
    }

    /** All findings, by file and place. */
    public List<Finding> check() {
        files();
        PipelineRules pipelines = new PipelineRules(
            findings, configuration.limits(), new ActivityRules(findings, shapes, references, expressions,
                new DataFlowRules(workspace, findings)));
        workspace.pipelines().values().forEach(pipelines::check);
        workspace.datasets().values().forEach(this::dataset);
        workspace.linkedServices().values().forEach(this::linkedService);
        workspace.dataFlows().values().forEach(flow -> {
            ObjectNode properties = flow.typeProperties();
            shapes.check("dataflow", flow.type(), properties, flow.place().member("type"), flow.place().member("typeProperties"));
            references.check(properties, flow.place().member("typeProperties"), ArtifactKind.DATA_FLOW);
            dataFlows.problems(flow).forEach(problem -> findings.add(severity(problem), problem.failure()));
        });
        workspace.triggers().values().forEach(this::trigger);
        new CallRules(workspace, findings).check();
        unused();
        standIns();
        return findings.sorted().stream().filter(finding -> !workspace.artifacts().isOpen(finding.place())).toList();
    }

    private static Severity severity(FlowCheck.Problem problem) {
        return switch (problem.certainty()) {
            case CERTAIN -> Severity.ERROR;
            case LIKELY -> Severity.WARNING;
            case HARMLESS -> Severity.INFO;
        };
    }

    private void files() {
        workspace.artifacts().problems().forEach(problem -> findings.add(Severity.ERROR, problem));
        workspace.artifacts().warnings().forEach(warning -> findings.add(Severity.WARNING, warning));
        workspace.artifacts().byKind().values().forEach(named -> named.values().forEach(artifact ->
            artifact.problems().forEach(problem -> findings.add(Severity.ERROR, problem))));
    }

    private void dataset(Dataset dataset) {
        parameters.declarations(dataset.parameters());
        typed("dataset", ArtifactKind.DATASET, dataset.name(), dataset.type(), dataset.typeProperties(), dataset.place(),
            ExpressionContext.ofDataset(dataset.parameters()), List.of("typeProperties", "linkedServiceName", "schema", "structure"));
    }

    private void linkedService(LinkedService service) {
        parameters.declarations(service.parameters());
        typed("linkedService", ArtifactKind.LINKED_SERVICE, service.name(), service.type(), service.typeProperties(), service.place(),
            ExpressionContext.ofLinkedService(service.parameters()), List.of("typeProperties"));
        LocalForms.obstacle(service, configuration).ifPresent(obstacle -> findings.info(CheckError.NO_LOCAL_FORM,
            service.place().member("type"), "Linked service '%s' of type %s %s", service.name(), service.type(), obstacle));
    }

    private void trigger(Trigger trigger) {
        typed("trigger", ArtifactKind.TRIGGER, trigger.name(), trigger.type(), trigger.typeProperties(), trigger.place(),
            ExpressionContext.ofTrigger(), List.of("pipelines", "pipeline"));
    }

    private void typed(
        String group, ArtifactKind kind, String name, String type, ObjectNode typeProperties, Place place, ExpressionContext context,
        List<String> evaluated) {
        shapes.check(group, type, typeProperties, place.member("type"), place.member("typeProperties"));
        Artifact artifact = workspace.artifacts().of(kind).get(name);
        ObjectNode json = artifact == null ? typeProperties : artifact.properties();
        references.check(json, place, kind);
        for (String member : evaluated) {
            JsonNode value = json.get(member);
            if (value != null) {
                expressions.check(value, place.member(member), context);
            }
        }
    }

    private void unused() {
        for (ArtifactKind kind : USED_BY_NAME) {
            workspace.artifacts().of(kind).values().stream()
                .filter(artifact -> !references.isUsed(kind, artifact.name()) && !artifact.name().contains("-WorkspaceDefault"))
                .forEach(artifact -> findings.info(DataFactoryError.UNUSED_ARTIFACT, artifact.place(),
                    "Nothing refers to the %s '%s'", kind.title(), artifact.name()));
        }
    }

    /** One finding for each type of activity that only a stand-in runs, at the first that has none. */
    private void standIns() {
        Map<String, List<Place>> byType = new TreeMap<>();
        workspace.pipelines().values().forEach(pipeline -> standIns(pipeline, pipeline.activities(), byType));
        byType.forEach((type, places) -> findings.info(CheckError.NO_LOCAL_FORM, places.getFirst(),
            "%d %s of type %s can run through a stand-in only; lazuli.yaml gives none", places.size(),
            places.size() == 1 ? "activity" : "activities", type));
    }

    private void standIns(Pipeline pipeline, List<ActivityDefinition> activities, Map<String, List<Place>> byType) {
        for (ActivityDefinition activity : activities) {
            activity.branches().values().forEach(inner -> standIns(pipeline, inner, byType));
            if (LocalForms.needsStandIn(activity.type()) && configuration.standIn(pipeline.name(), activity).isEmpty()) {
                byType.computeIfAbsent(activity.type(), type -> new ArrayList<>()).add(activity.place().member("type"));
            }
        }
    }
}
