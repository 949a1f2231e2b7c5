package io.lazuli.storage.endpoint;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the storage service keeps its records and listens.
 *
 * @param port 0 for any that is free
 * @param tls empty for plain HTTP; with it nothing else is answered
 */
public record StorageSettings(Path dataDirectory, String host, int port, Optional<TlsSettings> tls) {
}
