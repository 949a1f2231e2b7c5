package io.lazuli.datafactory.workspace;

import io.lazuli.foundation.Place;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A dataset as its JSON says.
 *
 * @param schema the {@code schema} (or older {@code structure}) array, null when there is none
 */
public record Dataset(
    String name, String type, Reference linkedService, Map<String, Parameter> parameters, ObjectNode typeProperties, JsonNode schema,
    Place place) {
}
