package io.lazuli.datafactory.workspace;

import io.lazuli.foundation.Place;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A trigger as its JSON says; each pipeline it starts is a reference with unevaluated parameters. */
public record Trigger(String name, String type, String runtimeState, List<Reference> pipelines, ObjectNode typeProperties, Place place) {
}
