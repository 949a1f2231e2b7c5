package io.lazuli.datafactory.copy;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.foundation.Place;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where and what a copy logs: {@code logSettings}, or the older {@code redirectIncompatibleRowSettings} and {@code logStorageSettings}.
 *
 * @param linkedService the reference's JSON
 * @param path container and folder, empty for a container that the log makes
 * @param rowsOnly the older form: the skipped rows with two columns more, and no other records
 */
record LogTarget(ObjectNode linkedService, String path, Level level, boolean rowsOnly) {
    /** How much is logged. */
    enum Level { WARNING, INFO }

    private static final Map<String, Level> LEVELS = Map.of("Warning", Level.WARNING, "Info", Level.INFO);

    /** The settings' target, null when nothing is logged. */
    static LogTarget of(Settings copy) {
        if (copy.has("logSettings")) {
            Settings log = copy.object("logSettings");
            Settings details = log.object("copyActivityLogSettings");
            Level level = details.choice("logLevel", LEVELS).orElse(Level.WARNING);
            return log.flag("enableCopyActivityLog", true) ? at(log.object("logLocationSettings"), level, false) : null;
        }
        if (copy.has("redirectIncompatibleRowSettings")) {
            return at(copy.object("redirectIncompatibleRowSettings"), Level.WARNING, true);
        }
        if (copy.has("logStorageSettings")) {
            Settings log = copy.object("logStorageSettings");
            return at(log, log.choice("logLevel", LEVELS).orElse(Level.WARNING), false);
        }
        return null;
    }

    private static LogTarget at(Settings settings, Level level, boolean rowsOnly) {
        if (!(settings.json().get("linkedServiceName") instanceof ObjectNode service)) {
            throw failure(DataFactoryError.MISSING_PROPERTY, Place.UNKNOWN, "%s needs a 'linkedServiceName'", settings.where());
        }
        return new LogTarget(service, settings.text("path").orElse(""), level, rowsOnly);
    }
}
