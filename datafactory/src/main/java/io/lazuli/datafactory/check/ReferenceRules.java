package io.lazuli.datafactory.check;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.dataflow.FlowCheck;
import io.lazuli.datafactory.workspace.Artifact;
import io.lazuli.datafactory.workspace.ArtifactKind;
import io.lazuli.datafactory.workspace.DataFlow;
import io.lazuli.datafactory.workspace.Parameter;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.pipeline.PipelineExpression;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Follows every reference in a JSON tree, checks the parameters given with it, and remembers what is used. */
final class ReferenceRules {
    private static final Map<String, ArtifactKind> KINDS = Map.of(
        "PipelineReference", ArtifactKind.PIPELINE,
        "DatasetReference", ArtifactKind.DATASET,
        "LinkedServiceReference", ArtifactKind.LINKED_SERVICE,
        "DataFlowReference", ArtifactKind.DATA_FLOW,
        "TriggerReference", ArtifactKind.TRIGGER,
        "IntegrationRuntimeReference", ArtifactKind.INTEGRATION_RUNTIME,
        "CredentialReference", ArtifactKind.CREDENTIAL,
        "NotebookReference", ArtifactKind.NOTEBOOK,
        "SparkJobDefinitionReference", ArtifactKind.SPARK_JOB_DEFINITION);
    /** Kinds that a workspace's files need not hold: a run does without them. */
    private static final Set<ArtifactKind> OPTIONAL = Set.of(
        ArtifactKind.INTEGRATION_RUNTIME, ArtifactKind.CREDENTIAL, ArtifactKind.NOTEBOOK, ArtifactKind.SPARK_JOB_DEFINITION);
    private static final Set<String> EVERYWHERE = Set.of("AutoResolveIntegrationRuntime");

    private final Workspace workspace;
    private final Findings findings;
    private final ParameterRules parameters;
    private final Map<ArtifactKind, Set<String>> used = new EnumMap<>(ArtifactKind.class);
    private final Set<ArtifactKind> computed = new HashSet<>();

    ReferenceRules(Workspace workspace, Findings findings) {
        this.workspace = workspace;
        this.findings = findings;
        this.parameters = new ParameterRules(findings);
    }

    /** Checks all references in a tree that belongs to an artifact of the kind {@code user}. */
    void check(JsonNode tree, Place place, ArtifactKind user) {
        check(tree, place, user, null);
    }

    /** {@code pipelineParameters} are what the object around a pipeline's reference gives to the pipeline. */
    private void check(JsonNode tree, Place place, ArtifactKind user, JsonNode pipelineParameters) {
        if (tree instanceof ObjectNode object) {
            if (object.path("type").isString() && object.has("referenceName")) {
                reference(object, place, user, pipelineParameters);
            }
            JsonNode siblings = object.has("pipeline") || object.has("pipelineReference") ? object.get("parameters") : pipelineParameters;
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                check(entry.getValue(), place.member(entry.getKey()), user, siblings);
            }
        } else if (tree.isArray()) {
            for (int i = 0; i < tree.size(); i++) {
                check(tree.get(i), place.element(i), user, pipelineParameters);
            }
        }
    }

    private void reference(ObjectNode reference, Place place, ArtifactKind user, JsonNode pipelineParameters) {
        ArtifactKind kind = KINDS.get(reference.get("type").stringValue());
        if (kind == null) {
            return;
        }
        JsonNode written = reference.get("referenceName");
        String name = written.isString() ? written.stringValue() : "";
        if (name.isEmpty() || PipelineExpression.isExpression(name)) {
            computed.add(kind);
        } else if (!name.startsWith("[") && find(kind, name, place.member("referenceName"))) {
            JsonNode given = kind == ArtifactKind.PIPELINE ? pipelineParameters : reference.get("parameters");
            declared(kind, name).ifPresent(declared -> parameters.check(
                kind.title() + " '" + name + "'", declared,
                given instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode(), place, missing(kind, user)));
        }
    }

    /**
     * Azure gives null to the parameters that a call leaves out; data flows get those of their datasets from the activity that runs
     * them.
     */
    private static Severity missing(ArtifactKind kind, ArtifactKind user) {
        return user == ArtifactKind.DATA_FLOW ? null : kind == ArtifactKind.PIPELINE ? Severity.WARNING : Severity.ERROR;
    }

    private boolean find(ArtifactKind kind, String name, Place place) {
        used.computeIfAbsent(kind, any -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)).add(name);
        Map<String, Artifact> known = workspace.artifacts().of(kind);
        if (known.containsKey(name)) {
            return true;
        }
        boolean optional = OPTIONAL.contains(kind);
        if (!EVERYWHERE.contains(name) && !(optional && known.isEmpty())) {
            findings.add(optional ? Severity.WARNING : Severity.ERROR, DataFactoryError.BROKEN_REFERENCE, place,
                "There is no %s named '%s' in the workspace%s", kind.title(), name, NearestName.hint(name, known.keySet()));
        }
        return false;
    }

    /** What a sound artifact declares; empty when it cannot be told. */
    private Optional<Map<String, Parameter>> declared(ArtifactKind kind, String name) {
        return switch (kind) {
            case PIPELINE -> Optional.ofNullable(workspace.pipelines().get(name)).map(pipeline -> pipeline.parameters());
            case DATASET -> Optional.ofNullable(workspace.datasets().get(name)).map(dataset -> dataset.parameters());
            case LINKED_SERVICE -> Optional.ofNullable(workspace.linkedServices().get(name)).map(service -> service.parameters());
            case DATA_FLOW -> Optional.ofNullable(workspace.dataFlows().get(name)).map(ReferenceRules::parameters);
            default -> Optional.empty();
        };
    }

    /** Values are expressions of data flows, which have types of their own. */
    private static Map<String, Parameter> parameters(DataFlow flow) {
        Map<String, Parameter> declared = new LinkedHashMap<>();
        FlowCheck.parameters(flow).forEach(parameter -> declared.put(parameter.name(), new Parameter(parameter.name(), "",
            parameter.defaultValue().isPresent() ? JsonNodeFactory.instance.booleanNode(true) : null, flow.place())));
        return declared;
    }

    /** Whether something refers to an artifact, or may do so by a computed name. */
    boolean isUsed(ArtifactKind kind, String name) {
        return computed.contains(kind) || used.getOrDefault(kind, Set.of()).contains(name);
    }
}
