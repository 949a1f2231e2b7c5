package io.lazuli.languages.pipeline.dotnet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Time zones by the names that Windows gives them, such as {@code Pacific Standard Time}; IANA names are accepted too. */
public final class WindowsTimeZones {
    private static final Map<String, ZoneId> ZONES = read();

    private WindowsTimeZones() {
    }

    /** The zone of a name, case ignored. */
    public static Optional<ZoneId> find(String name) {
        ZoneId zone = ZONES.get(name);
        if (zone != null) {
            return Optional.of(zone);
        }
        try {
            return name.contains("/") ? Optional.of(ZoneId.of(name)) : Optional.empty();
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }

    /** All Windows names. */
    public static Collection<String> names() {
        return Collections.unmodifiableSet(ZONES.keySet());
    }

    private static Map<String, ZoneId> read() {
        Map<String, ZoneId> zones = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        try (var lines = new BufferedReader(new InputStreamReader(
            WindowsTimeZones.class.getResourceAsStream("windows-time-zones.txt"), StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(line -> {
                String[] parts = line.split("=", 2);
                zones.put(parts[0].strip(), ZoneId.of(parts[1].strip()));
            });
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return zones;
    }
}
