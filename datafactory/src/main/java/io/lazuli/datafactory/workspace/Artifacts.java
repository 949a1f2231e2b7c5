package io.lazuli.datafactory.workspace;

import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All artifacts of a workspace as they were found, by kind and name (case ignored), with what is odd about the files.
 *
 * @param problems of files that are no artifact of their own: a second one of the same name, an unreadable factory file
 * @param warnings what does not keep anything from being used, such as a file name that differs from the artifact's
 * @param open where a template's parameter without value stands for an object or an array: nobody knows what is there
 */
public record Artifacts(
    Map<ArtifactKind, Map<String, Artifact>> byKind, List<LazuliException> problems, List<LazuliException> warnings,
    Set<Place> open) {
    public static final Artifacts NONE = new Artifacts(Map.of(), List.of(), List.of(), Set.of());

    public Artifacts {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        open = Set.copyOf(open);
    }

    /** Those of one kind by name, in the order of their names. */
    public Map<String, Artifact> of(ArtifactKind kind) {
        return byKind.getOrDefault(kind, Map.of());
    }

    /** Whether a place is one of the {@link #open} ones, or within one. */
    public boolean isOpen(Place place) {
        return place.jsonPath() != null && open.stream().anyMatch(around -> within(place, around));
    }

    private static boolean within(Place place, Place around) {
        if (!around.file().equals(place.file()) || !place.jsonPath().startsWith(around.jsonPath())) {
            return false;
        }
        String rest = place.jsonPath().substring(around.jsonPath().length());
        return rest.isEmpty() || rest.startsWith(".") || rest.startsWith("[");
    }
}
