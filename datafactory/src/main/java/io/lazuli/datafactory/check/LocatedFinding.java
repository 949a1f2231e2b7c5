package io.lazuli.datafactory.check;

import io.lazuli.datafactory.workspace.JsonPositions;
import io.lazuli.foundation.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A finding with where it stands in its file's text.
 *
 * @param line from 1, 0 when it is about no line
 */
public record LocatedFinding(Finding finding, int line, int column) {
    private static final Comparator<LocatedFinding> ORDER = Comparator
        .comparing((LocatedFinding located) -> String.valueOf(located.finding.place().file()))
        .thenComparing(LocatedFinding::line).thenComparing(LocatedFinding::column)
        .thenComparing(located -> located.finding.place().line()).thenComparing(located -> located.finding.place().column());

    /** Reads the files of the findings once more, to tell their lines; gives them in the order of the files' lines. */
    public static List<LocatedFinding> locate(List<Finding> findings) {
        Map<Path, JsonPositions> files = new HashMap<>();
        return findings.stream().map(finding -> locate(finding, files)).sorted(ORDER).toList();
    }

    private static LocatedFinding locate(Finding finding, Map<Path, JsonPositions> files) {
        Place place = finding.place();
        if (place.file() == null || !Files.isRegularFile(place.file())) {
            return new LocatedFinding(finding, 0, 0);
        }
        if (place.jsonPath() == null) {
            return new LocatedFinding(finding, place.line(), place.column());
        }
        return files.computeIfAbsent(place.file(), JsonPositions::of).find(place.jsonPath())
            .map(found -> new LocatedFinding(finding, found.line(), found.column()))
            .orElseGet(() -> new LocatedFinding(finding, 1, 1));
    }
}
