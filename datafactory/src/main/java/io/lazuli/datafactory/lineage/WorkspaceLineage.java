package io.lazuli.datafactory.lineage;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.lineage.Influence;
import io.lazuli.algebra.lineage.Lineage;
import io.lazuli.algebra.lineage.LineageTracer;
import io.lazuli.algebra.lineage.Origin;
import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.connector.LinkedServiceResolver;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.dataflow.FlowCheck;
import io.lazuli.datafactory.dataflow.FlowDefinition;
import io.lazuli.datafactory.lineage.LineageStep.Target;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.DataFlow;
import io.lazuli.datafactory.workspace.Pipeline;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.transform.CompiledFlow;
import io.lazuli.languages.pipeline.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Reads lineage from artifacts, without their data: data flows from the columns that their sources declare, copies from their mappings,
 * T-SQL from its statements. Activities whose effects their definition does not tell (notebooks) are steps without targets.
 */
public final class WorkspaceLineage {
    private static final Set<String> OPAQUE = Set.of("SynapseNotebook", "DatabricksNotebook", "DatabricksSparkPython",
        "DatabricksSparkJar", "SparkJob", "SynapseSparkJob", "TridentNotebook", "Custom", "ExecuteSSISPackage", "AzureMLBatchScoring",
        "AzureMLExecutePipeline", "HDInsightHive", "HDInsightSpark", "HDInsightPig", "HDInsightMapReduce", "HDInsightStreaming",
        "AzureFunctionActivity", "ExecuteWranglingDataflow");

    private final Workspace workspace;
    private final FlowCheck flows;
    private final Optional<ScriptLineage> scripts;
    private final LinkedServiceResolver linkedServices;

    /** The engine computes constants in data flows; it is not asked for before one needs it. */
    public WorkspaceLineage(Workspace workspace, Supplier<Engine> engine) {
        this(workspace, engine, LazuliConfiguration.STANDARD, Optional.empty());
    }

    /** {@code scripts} reads T-SQL scripts and procedures, which are steps without targets when it is empty. */
    public WorkspaceLineage(
        Workspace workspace, Supplier<Engine> engine, LazuliConfiguration configuration, Optional<ScriptLineage> scripts) {
        this.scripts = scripts;
        this.linkedServices = new LinkedServiceResolver(workspace, configuration);
        this.workspace = workspace;
        this.flows = new FlowCheck(workspace, engine);
    }

    /** The steps of a pipeline and of those that it calls, in the order in which they stand. */
    public List<LineageStep> ofPipeline(String name) {
        List<LineageStep> steps = new ArrayList<>();
        pipeline(workspace.pipeline(name, Place.UNKNOWN), steps, new HashSet<>());
        return steps;
    }

    /** The one step that a data flow is. */
    public List<LineageStep> ofDataFlow(String name) {
        DataFlow flow = workspace.dataFlow(name, Place.UNKNOWN);
        return List.of(new LineageStep("", flow.name(), "DataFlow", targets(flow, Map.of())));
    }

    private void pipeline(Pipeline pipeline, List<LineageStep> steps, Set<String> seen) {
        if (seen.add(pipeline.name())) {
            activities(pipeline, pipeline.activities(), steps, seen);
        }
    }

    private void activities(Pipeline pipeline, List<ActivityDefinition> activities, List<LineageStep> steps, Set<String> seen) {
        for (ActivityDefinition activity : activities) {
            activity.branches().values().forEach(inner -> activities(pipeline, inner, steps, seen));
            JsonNode properties = activity.typeProperties();
            switch (activity.type()) {
                case "Copy" -> steps.add(step(pipeline, activity, List.of(copy(activity))));
                case "ExecuteDataFlow" -> steps.add(step(pipeline, activity, dataFlow(activity)));
                case "Script", "SqlServerStoredProcedure", "SqlPoolStoredProcedure" -> steps.add(step(pipeline, activity, sql(activity)));
                case "ExecutePipeline" -> {
                    Pipeline called = workspace.pipelines().get(properties.path("pipeline").path("referenceName").asString(""));
                    if (called != null) {
                        pipeline(called, steps, seen);
                    }
                }
                default -> {
                    if (OPAQUE.contains(activity.type())) {
                        steps.add(step(pipeline, activity, List.of()));
                    }
                }
            }
        }
    }

    private static LineageStep step(Pipeline pipeline, ActivityDefinition activity, List<Target> targets) {
        return new LineageStep(pipeline.name(), activity.name(), activity.type(), targets);
    }

    /** Nothing where the linked service depends on what a run gives. */
    private List<Target> sql(ActivityDefinition activity) {
        if (scripts.isEmpty() || !activity.json().path("linkedServiceName").isObject()) {
            return List.of();
        }
        ResolvedLinkedService service;
        try {
            service = linkedServices.resolve(Reference.of(activity.json(), "linkedServiceName", activity.place()),
                Scope.at(Instant.EPOCH));
        } catch (LazuliException unknownBeforeARun) {
            return List.of();
        }
        JsonNode properties = activity.typeProperties();
        return activity.type().equals("Script") ? scripts.get().scripts(activity.name(), service, properties.path("scripts"))
            : scripts.get().procedure(activity.name(), service, properties.path("storedProcedureName"),
                properties.path("storedProcedureParameters"));
    }

    private List<Target> dataFlow(ActivityDefinition activity) {
        JsonNode properties = activity.typeProperties();
        JsonNode reference = properties.has("dataflow") ? properties.path("dataflow") : properties.path("dataFlow");
        DataFlow flow = workspace.dataFlow(reference.path("referenceName").asString(""), activity.place());
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        reference.path("datasetParameters").properties().forEach(entry -> parameters.put(entry.getKey(), entry.getValue()));
        return targets(flow, parameters);
    }

    private List<Target> targets(DataFlow artifact, Map<String, JsonNode> datasetParameters) {
        FlowDefinition flow = FlowDefinition.of(artifact);
        List<Target> targets = new ArrayList<>();
        for (CompiledFlow.SinkRows sink : flows.compiled(flow).sinks()) {
            if (!sink.isCache()) {
                Lineage lineage = LineageTracer.of(sink.stream().rows(),
                    part -> FlowCheck.sourceOf(part).map(source -> dataset(flow, source, datasetParameters)));
                targets.add(new Target(sink.name(), dataset(flow, sink.name(), datasetParameters), lineage));
            }
        }
        return targets;
    }

    /**
     * The dataset of a source or sink with its given parameters, else its linked service, else its own name. A dataset that stands for
     * several of them has the name of each, when nobody gives the parameters that tell them apart.
     */
    private static String dataset(FlowDefinition flow, String end, Map<String, JsonNode> parameters) {
        return flow.dataset(end).map(reference -> parameters.containsKey(end) || flow.endsOf(reference.name()) == 1
            ? named(reference.name(), parameters.get(end)) : reference.name() + "(" + end + ")").or(() ->
            flow.linkedService(end).map(service -> service.name() + "/" + FlowCheck.tableFolder(flow, end).orElse(end))).orElse(end);
    }

    private static String named(String dataset, JsonNode parameters) {
        if (parameters == null || !parameters.isObject() || parameters.isEmpty()) {
            return dataset;
        }
        return parameters.properties().stream().map(entry -> entry.getKey() + "=" + text(entry.getValue()))
            .collect(Collectors.joining(", ", dataset + "(", ")"));
    }

    private static String text(JsonNode value) {
        JsonNode content = value.isObject() && value.has("value") ? value.get("value") : value;
        return content.isString() ? content.stringValue() : content.toString();
    }

    private static Target copy(ActivityDefinition activity) {
        String from = reference(activity.json().path("inputs").path(0));
        String to = reference(activity.json().path("outputs").path(0));
        Map<String, Map<Origin, Influence>> columns = new LinkedHashMap<>();
        for (JsonNode mapping : activity.typeProperties().path("translator").path("mappings")) {
            columns.computeIfAbsent(side(mapping.path("sink")), _ -> new TreeMap<>())
                .put(new Origin(from, side(mapping.path("source"))), Influence.IDENTITY);
        }
        if (columns.isEmpty()) {
            columns.put(LineageStep.ALL, Map.of(new Origin(from, LineageStep.ALL), Influence.IDENTITY));
        }
        return new Target(activity.name(), to, new Lineage(columns, new TreeSet<>()));
    }

    private static String reference(JsonNode reference) {
        return named(reference.path("referenceName").asString("?"), reference.get("parameters"));
    }

    /** A side of a mapping: a name, a path, or a column's number from 1. */
    private static String side(JsonNode side) {
        return side.path("name").isString() ? side.path("name").stringValue()
            : side.path("path").isString() ? side.path("path").stringValue() : "#" + side.path("ordinal").asString("?");
    }
}
