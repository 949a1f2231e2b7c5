package io.lazuli.datafactory.workspace;

import io.lazuli.foundation.LazuliException;
import java.util.List;
import java.util.Map;

/**
 * All artifacts of a workspace as they were found, by kind and name (case ignored), with what is odd about the files.
 *
 * @param problems of files that are no artifact of their own: a second one of the same name, an unreadable factory file
 * @param warnings what does not keep anything from being used, such as a file name that differs from the artifact's
 */
public record Artifacts(
    Map<ArtifactKind, Map<String, Artifact>> byKind, List<LazuliException> problems, List<LazuliException> warnings) {
    public static final Artifacts NONE = new Artifacts(Map.of(), List.of(), List.of());

    public Artifacts {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** Those of one kind by name, in the order of their names. */
    public Map<String, Artifact> of(ArtifactKind kind) {
        return byKind.getOrDefault(kind, Map.of());
    }
}
