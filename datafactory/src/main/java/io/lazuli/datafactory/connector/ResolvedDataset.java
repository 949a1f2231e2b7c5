package io.lazuli.datafactory.connector;

import io.lazuli.foundation.Place;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A dataset with its parameters filled in and its expressions evaluated for one use.
 *
 * @param schema the declared columns as JSON, null when there are none
 */
public record ResolvedDataset(
    String name, String type, ObjectNode typeProperties, JsonNode schema, ResolvedLinkedService linkedService, Place place) {
}
