package io.lazuli.cli.check;

import io.lazuli.datafactory.check.Finding;
import io.lazuli.datafactory.check.LocatedFinding;
import io.lazuli.datafactory.check.Severity;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.foundation.Place;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a check found, for people and for programs. */
record CheckReport(Workspace workspace, List<Finding> all, List<LocatedFinding> shown, Path current) {
    void text(PrintWriter out) {
        for (LocatedFinding located : shown) {
            Finding finding = located.finding();
            Place place = finding.place();
            String position = located.line() > 0 ? ":" + located.line() + ":" + located.column() : "";
            String file = place.file() == null ? workspace.name() : shortened(place.file(), current);
            out.println(file + position + " "
                + finding.severity().name().toLowerCase(Locale.ROOT) + " " + finding.code().name() + ": " + finding.message());
            if (place.jsonPath() != null) {
                out.println("    " + place.jsonPath() + place.position().map(within -> " at " + within + " of the text").orElse(""));
            }
        }
        long artifacts = workspace.artifacts().byKind().values().stream().mapToLong(named -> named.size()).sum();
        out.println(workspace.name() + ": " + counted(artifacts, "artifact") + ", " + counted(count(Severity.ERROR), "error") + ", "
            + counted(count(Severity.WARNING), "warning") + ", " + counted(count(Severity.INFO), "note"));
    }

    private static String counted(long count, String name) {
        return count + " " + name + (count == 1 ? "" : "s");
    }

    private long count(Severity severity) {
        return all.stream().filter(finding -> finding.severity() == severity).count();
    }

    ObjectNode json() {
        ObjectNode report = JsonMapper.shared().createObjectNode();
        report.put("workspace", workspace.name()).put("folder", workspace.folder().toString());
        report.put("errors", count(Severity.ERROR)).put("warnings", count(Severity.WARNING)).put("infos", count(Severity.INFO));
        ArrayNode findings = report.putArray("findings");
        for (LocatedFinding located : shown) {
            Finding finding = located.finding();
            Place place = finding.place();
            ObjectNode entry = findings.addObject();
            entry.put("severity", finding.severity().name().toLowerCase(Locale.ROOT)).put("code", finding.code().name());
            entry.put("message", finding.message());
            entry.put("file", place.file() == null ? null : shortened(place.file(), workspace.folder()));
            entry.put("jsonPath", place.jsonPath());
            if (located.line() > 0) {
                entry.put("line", located.line()).put("column", located.column());
            }
            if (place.jsonPath() != null && place.line() > 0) {
                entry.putObject("inText").put("line", place.line()).put("column", place.column());
            }
        }
        return report;
    }

    /** A file's path below a folder, or the whole path. */
    static String shortened(Path file, Path folder) {
        return (file.startsWith(folder) ? folder.relativize(file) : file).toString().replace('\\', '/');
    }
}
