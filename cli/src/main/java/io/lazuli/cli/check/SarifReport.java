package io.lazuli.cli.check;

import io.lazuli.datafactory.check.Finding;
import io.lazuli.datafactory.check.LocatedFinding;
import io.lazuli.foundation.Place;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Findings in the form that code hosts read, SARIF 2.1.0; files are relative to the current folder. */
record SarifReport(List<LocatedFinding> findings, Path current) {
    ObjectNode json() {
        ObjectNode log = JsonMapper.shared().createObjectNode();
        log.put("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
        log.put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        List<String> rules = findings.stream().map(located -> located.finding().code().name()).distinct().sorted().toList();
        ArrayNode described = run.putObject("tool").putObject("driver").put("name", "lazuli").putArray("rules");
        rules.forEach(rule -> described.addObject().put("id", rule).putObject("shortDescription").put("text", title(rule)));
        run.put("columnKind", "unicodeCodePoints");
        ArrayNode results = run.putArray("results");
        findings.forEach(located -> result(located, rules, results.addObject()));
        return log;
    }

    private static String title(String rule) {
        String words = rule.replace('_', ' ').toLowerCase(Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private void result(LocatedFinding located, List<String> rules, ObjectNode result) {
        Finding finding = located.finding();
        Place place = finding.place();
        String rule = finding.code().name();
        result.put("ruleId", rule).put("ruleIndex", rules.indexOf(rule)).put("level", switch (finding.severity()) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        });
        result.putObject("message").put("text", finding.message());
        if (place.file() == null) {
            return;
        }
        ObjectNode location = result.putArray("locations").addObject();
        ObjectNode physical = location.putObject("physicalLocation");
        physical.putObject("artifactLocation").put("uri", uri(place.file()));
        if (located.line() > 0) {
            physical.putObject("region").put("startLine", located.line()).put("startColumn", Math.max(1, located.column()));
        }
        if (place.jsonPath() != null) {
            location.putArray("logicalLocations").addObject().put("fullyQualifiedName", place.jsonPath());
        }
    }

    private String uri(Path file) {
        if (!file.startsWith(current)) {
            return file.toUri().toString();
        }
        try {
            return new URI(null, null, CheckReport.shortened(file, current), null).getRawPath();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
