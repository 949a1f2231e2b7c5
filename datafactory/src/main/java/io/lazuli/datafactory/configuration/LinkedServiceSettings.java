package io.lazuli.datafactory.configuration;

import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What one of the {@code linked-services} is on this machine.
 *
 * @param directory for stores of files: the folder instead of the lake's; containers are its sub folders
 * @param account for storage: the local account, when the linked service does not tell it
 * @param server for databases: the local server, when the linked service does not tell it; the same for {@code database}
 * @param url for {@code mode: real}: the address instead of the linked service's own
 * @param jdbc for {@code mode: real}: the database
 * @param file for {@code mode: stand-in}: what every reader gets, a CSV, JSON or Parquet file
 * @param answer for {@code mode: stand-in}: what every reader gets, an array of objects
 */
public record LinkedServiceSettings(
    Mode mode, Path directory, String account, String server, String database, String url, Jdbc jdbc, Path file, JsonNode answer) {
    /** Whether a local resource, the real system, or an answer given beforehand. */
    public enum Mode { LOCAL, REAL, STAND_IN }

    /** How a real database is reached. */
    public record Jdbc(String url, String user, Secret password, Map<String, String> properties) {
        public Jdbc {
            properties = properties == null ? Map.of() : Map.copyOf(properties);
        }
    }

    public LinkedServiceSettings {
        mode = mode == null ? Mode.LOCAL : mode;
    }
}
