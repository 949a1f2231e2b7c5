package io.lazuli.datafactory.workspace;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A Data Factory or Synapse workspace, read whole. Artifacts by name, in the order of their names; nothing is evaluated.
 *
 * @param name the factory's or workspace's name ({@code pipeline().DataFactory})
 * @param folder where it was read from, absolute
 * @param globalParameters name to typed value
 */
public record Workspace(
    String name, Path folder, Map<String, Pipeline> pipelines, Map<String, Dataset> datasets, Map<String, LinkedService> linkedServices,
    Map<String, DataFlow> dataFlows, Map<String, Trigger> triggers, Map<String, JsonNode> globalParameters) {
    public Pipeline pipeline(String name, Place from) {
        return find("pipeline", pipelines, name, from);
    }

    public Dataset dataset(String name, Place from) {
        return find("dataset", datasets, name, from);
    }

    public LinkedService linkedService(String name, Place from) {
        return find("linked service", linkedServices, name, from);
    }

    public DataFlow dataFlow(String name, Place from) {
        return find("data flow", dataFlows, name, from);
    }

    public Trigger trigger(String name, Place from) {
        return find("trigger", triggers, name, from);
    }

    private static <T> T find(String kind, Map<String, T> artifacts, String name, Place from) {
        T found = artifacts.get(name);
        if (found == null) {
            throw failure(DataFactoryError.BROKEN_REFERENCE, from, "There is no %s named '%s' in the workspace%s",
                kind, name, NearestName.hint(name, artifacts.keySet()));
        }
        return found;
    }
}
