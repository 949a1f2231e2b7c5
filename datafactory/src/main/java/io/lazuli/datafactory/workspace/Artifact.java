package io.lazuli.datafactory.workspace;

import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * One artifact as it was found, before any meaning.
 *
 * @param properties its {@code properties} object; empty when it could not be read or is of a kind whose content is not read
 * @param place of the object that holds {@code properties}
 * @param problems what keeps it from being used; empty for a sound artifact
 */
public record Artifact(ArtifactKind kind, String name, ObjectNode properties, Place place, List<LazuliException> problems) {
    public Artifact {
        problems = List.copyOf(problems);
    }
}
