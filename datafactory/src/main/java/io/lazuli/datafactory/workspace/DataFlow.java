package io.lazuli.datafactory.workspace;

import io.lazuli.foundation.Place;
import tools.jackson.databind.node.ObjectNode;

/** A mapping data flow, flowlet or wrangling data flow as its JSON says; {@code type} tells which. */
public record DataFlow(String name, String type, ObjectNode typeProperties, Place place) {
}
