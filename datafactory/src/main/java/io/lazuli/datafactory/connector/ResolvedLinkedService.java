package io.lazuli.datafactory.connector;

import io.lazuli.foundation.Place;
import tools.jackson.databind.node.ObjectNode;

/**
 * A linked service with its expressions evaluated for one use. Secrets are still references; {@code Secrets} resolves them when a
 * connector needs one.
 */
public record ResolvedLinkedService(String name, String type, ObjectNode typeProperties, Place place) {
}
