package io.lazuli.datafactory.workspace;

import io.lazuli.foundation.Place;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** A linked service as its JSON says; secrets in it are references or {@code SecureString} objects. */
public record LinkedService(String name, String type, Map<String, Parameter> parameters, ObjectNode typeProperties, Place place) {
}
