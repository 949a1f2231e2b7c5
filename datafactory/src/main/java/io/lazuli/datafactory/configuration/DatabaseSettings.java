package io.lazuli.datafactory.configuration;

import java.nio.file.Path;
import java.util.List;

/**
 * A local database of {@code databases}, by {@code server/database}.
 *
 * @param scripts T-SQL files that are run, in this order, when the database is created
 */
public record DatabaseSettings(List<Path> scripts) {
    public DatabaseSettings {
        scripts = scripts == null ? List.of() : List.copyOf(scripts);
    }
}
