package io.lazuli.datafactory.workspace;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A Data Factory or Synapse workspace, read whole by {@link WorkspaceLoader}. Artifacts by name (case ignored, as in Azure), in the order
 * of their names; nothing is evaluated.
 *
 * @param name the factory's or workspace's name ({@code pipeline().DataFactory})
 * @param folder where it was read from, absolute
 * @param globalParameters name to typed value
 * @param artifacts every artifact as it was found, with its problems
 */
public record Workspace(
    String name, Path folder, Map<String, Pipeline> pipelines, Map<String, Dataset> datasets, Map<String, LinkedService> linkedServices,
    Map<String, DataFlow> dataFlows, Map<String, Trigger> triggers, Map<String, JsonNode> globalParameters, Artifacts artifacts) {
    /** A workspace of artifacts that have no files. */
    public Workspace(
        String name, Path folder, Map<String, Pipeline> pipelines, Map<String, Dataset> datasets,
        Map<String, LinkedService> linkedServices, Map<String, DataFlow> dataFlows, Map<String, Trigger> triggers,
        Map<String, JsonNode> globalParameters) {
        this(name, folder, pipelines, datasets, linkedServices, dataFlows, triggers, globalParameters, Artifacts.NONE);
    }

    public Pipeline pipeline(String name, Place from) {
        return find(ArtifactKind.PIPELINE, pipelines, name, from);
    }

    public Dataset dataset(String name, Place from) {
        return find(ArtifactKind.DATASET, datasets, name, from);
    }

    public LinkedService linkedService(String name, Place from) {
        return find(ArtifactKind.LINKED_SERVICE, linkedServices, name, from);
    }

    public DataFlow dataFlow(String name, Place from) {
        return find(ArtifactKind.DATA_FLOW, dataFlows, name, from);
    }

    public Trigger trigger(String name, Place from) {
        return find(ArtifactKind.TRIGGER, triggers, name, from);
    }

    private <T> T find(ArtifactKind kind, Map<String, T> sound, String name, Place from) {
        Artifact artifact = artifacts.of(kind).get(name);
        if (artifact != null && !artifact.problems().isEmpty()) {
            throw artifact.problems().getFirst();
        }
        T found = sound.get(name);
        if (found == null) {
            throw failure(DataFactoryError.BROKEN_REFERENCE, from, "There is no %s named '%s' in the workspace%s",
                kind.title(), name, NearestName.hint(name, sound.keySet()));
        }
        return found;
    }
}
