package io.lazuli.cli.run;

import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Counts and times for people. */
final class Figures {
    private Figures() {
    }

    static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 60 ? String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0)
            : seconds < 3600 ? seconds / 60 + " min " + seconds % 60 + " s" : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    static String bytes(long bytes) {
        return bytes < 1000 ? bytes + " B" : bytes < 1_000_000 ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
            : bytes < 1_000_000_000 ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6) : String.format(Locale.ROOT, "%.2f GB",
                bytes / 1e9);
    }

    /** What an activity's output says of rows, files and bytes, empty when it says nothing. */
    static String of(JsonNode output) {
        if (output == null) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (String rows : new String[] {"rowsCopied", "count"}) {
            if (output.path(rows).isIntegralNumber()) {
                text.append(text.isEmpty() ? "" : ", ").append(String.format(Locale.ROOT, "%,d rows", output.path(rows).asLong()));
            }
        }
        if (output.path("filesWritten").isIntegralNumber()) {
            text.append(text.isEmpty() ? "" : ", ").append(output.path("filesWritten").asLong()).append(" files");
        }
        if (output.path("dataWritten").isIntegralNumber()) {
            text.append(text.isEmpty() ? "" : ", ").append(bytes(output.path("dataWritten").asLong()));
        }
        return text.toString();
    }
}
