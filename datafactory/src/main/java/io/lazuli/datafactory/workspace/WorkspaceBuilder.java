package io.lazuli.datafactory.workspace;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Collects artifacts from wherever they are read, and gives them their meaning. */
final class WorkspaceBuilder {
    private final Map<String, Pipeline> pipelines = byName();
    private final Map<String, Dataset> datasets = byName();
    private final Map<String, LinkedService> linkedServices = byName();
    private final Map<String, DataFlow> dataFlows = byName();
    private final Map<String, Trigger> triggers = byName();
    private final Map<String, JsonNode> globalParameters = new LinkedHashMap<>();
    private final Map<ArtifactKind, Map<String, Artifact>> artifacts = new EnumMap<>(ArtifactKind.class);
    private final SqlPools pools = new SqlPools();
    private final List<LazuliException> problems = new ArrayList<>();
    private final List<LazuliException> warnings = new ArrayList<>();
    private final Set<Place> open = new HashSet<>();

    private static <T> Map<String, T> byName() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }

    Workspace build(String name, Path folder) {
        Map<ArtifactKind, Map<String, Artifact>> sealed = new EnumMap<>(ArtifactKind.class);
        pools.addTo(linkedServices, name);
        artifacts.forEach((kind, named) -> sealed.put(kind, Collections.unmodifiableMap(named)));
        return new Workspace(name, folder, Collections.unmodifiableMap(pipelines), Collections.unmodifiableMap(datasets),
            Collections.unmodifiableMap(linkedServices), Collections.unmodifiableMap(dataFlows), Collections.unmodifiableMap(triggers),
            Collections.unmodifiableMap(globalParameters), new Artifacts(sealed, problems, warnings, open));
    }

    void problem(LazuliException problem) {
        problems.add(problem);
    }

    void warn(LazuliException warning) {
        warnings.add(warning);
    }

    /** What stands here is only known at the deployment. */
    void open(Place place) {
        open.add(place);
    }

    boolean has(ArtifactKind kind) {
        return artifacts.containsKey(kind);
    }

    Iterable<String> names(ArtifactKind kind) {
        return artifacts.getOrDefault(kind, Map.of()).keySet();
    }

    /** An artifact whose file cannot be read. */
    void addBroken(ArtifactKind kind, String name, LazuliException problem) {
        register(new Artifact(kind, name, JsonNodeFactory.instance.objectNode(), problem.place(),
            List.of(problem)));
    }

    /** An artifact of a kind whose content is not read. */
    void addName(ArtifactKind kind, String name, Place place) {
        register(new Artifact(kind, name, JsonNodeFactory.instance.objectNode(), place, List.of()));
    }

    /** An artifact by the object that holds its {@code properties}. */
    void add(ArtifactKind kind, String name, ObjectNode json, Place place) {
        PropertyReader reader = new PropertyReader();
        if (json.get("properties") == null && kind != ArtifactKind.MANAGED_VIRTUAL_NETWORK) {
            addBroken(kind, name, failure(DataFactoryError.MISSING_PROPERTY, place, "The property 'properties' is missing here"));
            return;
        }
        ObjectNode properties = reader.object(json, "properties", place);
        Place at = place.member("properties");
        pools.rewrite(properties, at);
        Runnable keep = switch (kind) {
            case PIPELINE -> keep(pipelines, name, pipeline(name, properties, at, reader));
            case DATASET -> keep(datasets, name, dataset(name, properties, at, reader));
            case LINKED_SERVICE -> keep(linkedServices, name, linkedService(name, properties, at, reader));
            case DATA_FLOW -> keep(dataFlows, name, dataFlow(name, properties, at, reader));
            case TRIGGER -> keep(triggers, name, trigger(name, properties, at, reader));
            default -> () -> { };
        };
        if (register(new Artifact(kind, name, properties, place, reader.problems()))) {
            keep.run();
        }
    }

    private static <T> Runnable keep(Map<String, T> artifacts, String name, T artifact) {
        return () -> artifacts.put(name, artifact);
    }

    private boolean register(Artifact artifact) {
        Artifact first = artifacts.computeIfAbsent(artifact.kind(), kind -> byName()).putIfAbsent(artifact.name(), artifact);
        if (first != null) {
            problems.add(failure(DataFactoryError.DUPLICATE_NAME, artifact.place(), "The %s '%s' has the name of the one in %s",
                artifact.kind().title(), artifact.name(), first.place()));
        }
        return first == null;
    }

    /** Global parameters as {@code {"name": {"type": …, "value": …}}}. */
    void addGlobalParameters(ObjectNode declarations, Place place) {
        for (Map.Entry<String, JsonNode> entry : declarations.properties()) {
            JsonNode value = entry.getValue().get("value");
            if (value == null) {
                problems.add(failure(DataFactoryError.MISSING_PROPERTY, place.member(entry.getKey()),
                    "The global parameter '%s' has no 'value'", entry.getKey()));
            } else {
                globalParameters.put(entry.getKey(), value);
            }
        }
    }

    private static Pipeline pipeline(String name, ObjectNode json, Place place, PropertyReader reader) {
        List<String> annotations = reader.elements(json, "annotations", place).stream().map(JsonNode::asString).toList();
        JsonNode concurrency = json.path("concurrency");
        return new Pipeline(name, reader.parameters(json, "parameters", place), reader.parameters(json, "variables", place),
            new ActivityReader(reader).activities(json, "activities", place),
            concurrency.isIntegralNumber() ? OptionalInt.of(concurrency.intValue()) : OptionalInt.empty(),
            reader.text(reader.object(json, "folder", place), "name", place.member("folder")), annotations, place);
    }

    private static Dataset dataset(String name, ObjectNode json, Place place, PropertyReader reader) {
        JsonNode schema = json.hasNonNull("schema") ? json.get("schema") : json.get("structure");
        if (!json.hasNonNull("linkedServiceName")) {
            reader.requiredText(json, "linkedServiceName", place);
        }
        return new Dataset(name, reader.requiredText(json, "type", place), reader.reference(json, "linkedServiceName", place),
            reader.parameters(json, "parameters", place), reader.object(json, "typeProperties", place), schema, place);
    }

    private static LinkedService linkedService(String name, ObjectNode json, Place place, PropertyReader reader) {
        return new LinkedService(name, reader.requiredText(json, "type", place), reader.parameters(json, "parameters", place),
            reader.object(json, "typeProperties", place), place);
    }

    private static DataFlow dataFlow(String name, ObjectNode json, Place place, PropertyReader reader) {
        return new DataFlow(name, reader.requiredText(json, "type", place), reader.object(json, "typeProperties", place), place);
    }

    private static Trigger trigger(String name, ObjectNode json, Place place, PropertyReader reader) {
        List<Reference> started = new ArrayList<>();
        reader.objects(json, "pipelines", place).forEach((at, start) -> started.add(started(start, at, reader)));
        if (json.hasNonNull("pipeline")) {
            started.add(started(reader.object(json, "pipeline", place), place.member("pipeline"), reader));
        }
        return new Trigger(name, reader.requiredText(json, "type", place), reader.text(json, "runtimeState", place), List.copyOf(started),
            reader.object(json, "typeProperties", place), place);
    }

    private static Reference started(ObjectNode start, Place place, PropertyReader reader) {
        Place at = place.member("pipelineReference");
        ObjectNode reference = reader.object(start, "pipelineReference", place);
        return new Reference(reader.requiredText(reference, "referenceName", at), reader.text(reference, "type", at),
            reader.object(start, "parameters", place), at);
    }
}
