package io.lazuli.storage.endpoint;

import java.nio.file.Path;

/**
 * Where the storage service keeps its records and listens.
 *
 * @param port 0 for any that is free
 */
public record StorageSettings(Path dataDirectory, String host, int port) {
}
