package io.lazuli.storage.endpoint;

import io.lazuli.storage.content.AccountSettings;
import io.lazuli.storage.event.ResourceGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Where the storage service keeps its records and listens.
 *
 * @param port 0 for any that is free
 * @param group where the accounts stand among Azure's resources
 * @param rehydration how long an archived blob takes to another tier
 * @param idle how long a connection may be silent, or take nothing, before it is closed
 * @param accounts what kinds of accounts they are, by name
 */
public record StorageSettings(Path dataDirectory, String host, int port, TlsSettings tls, ResourceGroup group,
        Duration rehydration, Duration idle, Map<String, AccountSettings> accounts) {
    public static final Duration DEFAULT_REHYDRATION = Duration.ofSeconds(5);
    public static final Duration DEFAULT_IDLE = Duration.ofSeconds(30);

    public StorageSettings {
        accounts = Map.copyOf(accounts);
    }
}
