package io.lazuli.datafactory.configuration;

import java.nio.file.Path;

/**
 * The {@code engine} that rows flow through.
 *
 * @param memoryLimit such as {@code 4GB}, null for the engine's own choice
 * @param threads null for one a core
 * @param temporaryDirectory where what outgrows memory is put, null for one in the data directory
 */
public record EngineSettings(String memoryLimit, Integer threads, Path temporaryDirectory) {
    public static final EngineSettings STANDARD = new EngineSettings(null, null, null);
}
