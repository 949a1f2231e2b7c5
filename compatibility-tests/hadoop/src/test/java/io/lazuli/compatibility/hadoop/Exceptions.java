package io.lazuli.compatibility.hadoop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;

/**
 * The tests that are left out, skip themselves or fail, as {@code exceptions.txt} lists them: {@code KIND CLASS[#METHOD] REASON}, where
 * a star stands for anything.
 */
record Exceptions(List<Exceptional> all) {
    /** What happens to a test that does not pass. */
    enum Kind { OMITTED, SKIPS, FAILS }

    record Exceptional(Kind kind, String test, String reason) {
        boolean covers(String name) {
            String names = "\\Q" + test.replace("*", "\\E.*\\Q") + "\\E";
            return name.matches(test.contains("#") ? names + "(\\[.*)?" : names + "(#.*)?");
        }
    }

    static Exceptions read() throws IOException {
        List<Exceptional> all = new ArrayList<>();
        try (InputStream file = Exceptions.class.getResourceAsStream("/exceptions.txt")) {
            for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.split("\\s+", 3);
                    all.add(new Exceptional(Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)), parts[1], parts[2]));
                }
            }
        }
        return new Exceptions(all);
    }

    boolean covers(Kind kind, String test) {
        return all.stream().anyMatch(exception -> exception.kind == kind && exception.covers(test));
    }

    FilterResult filter(TestDescriptor test) {
        String name = Outcome.name(test.getSource().orElse(null), test.getDisplayName());
        return FilterResult.includedIf(!covers(Kind.OMITTED, name));
    }

    /** Those that the run has shown to be needless. */
    List<Exceptional> idle(Outcome outcome) {
        return all.stream().filter(exception -> exception.kind != Kind.OMITTED).filter(exception -> {
            Set<String> seen = exception.kind == Kind.SKIPS ? outcome.skipped().keySet() : outcome.failures().keySet();
            return seen.stream().noneMatch(exception::covers);
        }).toList();
    }
}
