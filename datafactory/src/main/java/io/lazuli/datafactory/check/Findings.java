package io.lazuli.datafactory.check;

import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what a check finds. */
final class Findings {
    private static final Comparator<Finding> ORDER = Comparator
        .comparing((Finding finding) -> finding.place().file() == null ? "" : finding.place().file().toString())
        .thenComparing(finding -> finding.place().jsonPath() == null ? "" : padded(finding.place().jsonPath()))
        .thenComparing(finding -> finding.place().line())
        .thenComparing(finding -> finding.place().column())
        .thenComparing(Finding::severity)
        .thenComparing(Finding::message);

    private final Set<Finding> found = new LinkedHashSet<>();

    void error(ErrorCode code, Place place, String format, Object... arguments) {
        add(Severity.ERROR, code, place, format, arguments);
    }

    void warning(ErrorCode code, Place place, String format, Object... arguments) {
        add(Severity.WARNING, code, place, format, arguments);
    }

    void info(ErrorCode code, Place place, String format, Object... arguments) {
        add(Severity.INFO, code, place, format, arguments);
    }

    void add(Severity severity, ErrorCode code, Place place, String format, Object... arguments) {
        found.add(new Finding(severity, code, place, arguments.length == 0 ? format : String.format(format, arguments)));
    }

    void add(Severity severity, LazuliException failure) {
        add(severity, failure.code(), failure.place(), "%s", failure.getMessage());
    }

    /** All findings by file and place. */
    List<Finding> sorted() {
        List<Finding> all = new ArrayList<>(found);
        all.sort(ORDER);
        return all;
    }

    /** Makes indexes sort as numbers. */
    private static String padded(String path) {
        return path.replaceAll("\\[(\\d)\\]", "[00$1]").replaceAll("\\[(\\d\\d)\\]", "[0$1]");
    }
}
