package io.lazuli.datafactory.configuration;

import io.lazuli.datafactory.workspace.ActivityDefinition;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * {@code lazuli.yaml}: what differs from the local form that everything has by default. Read by {@link ConfigurationFile}; paths are
 * absolute.
 *
 * @param storage by account
 * @param databases by {@code server/database}
 * @param linkedServices by name
 * @param activities stand-ins by activity type, or by {@code pipeline/activity}, which goes first
 * @param secrets environment variable by {@code vault/secret} or {@code secret}
 * @param parameters global parameters' values instead of the workspace's
 */
public record LazuliConfiguration(
    FactorySettings factory, Map<String, StorageSettings> storage, Map<String, DatabaseSettings> databases,
    Map<String, LinkedServiceSettings> linkedServices, Map<String, ActivityStandIn> activities, LimitSettings limits,
    EngineSettings engine, AccessSettings access, Map<String, String> secrets, Map<String, JsonNode> parameters) {
    /** Everything local, Azure's limits. */
    public static final LazuliConfiguration STANDARD = new LazuliConfiguration(null, null, null, null, null, null, null, null, null, null);

    public LazuliConfiguration {
        factory = factory == null ? FactorySettings.STANDARD : factory;
        storage = named(storage);
        databases = named(databases);
        linkedServices = named(linkedServices);
        activities = named(activities);
        limits = limits == null ? LimitSettings.AZURE : limits;
        engine = engine == null ? EngineSettings.STANDARD : engine;
        access = access == null ? AccessSettings.STANDARD : access;
        secrets = named(secrets);
        parameters = named(parameters);
    }

    private static <T> Map<String, T> named(Map<String, T> given) {
        Map<String, T> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (given != null) {
            found.putAll(given);
        }
        return Collections.unmodifiableMap(found);
    }

    public Optional<LinkedServiceSettings> linkedService(String name) {
        return Optional.ofNullable(linkedServices.get(name));
    }

    /** The settings of a local database, as it is named in its linked service. */
    public Optional<DatabaseSettings> database(String server, String database) {
        return Optional.ofNullable(databases.get(server + "/" + database));
    }

    /** What is done instead of an activity of a pipeline. */
    public Optional<ActivityStandIn> standIn(String pipeline, ActivityDefinition activity) {
        ActivityStandIn own = activities.get(pipeline + "/" + activity.name());
        return Optional.ofNullable(own == null ? activities.get(activity.type()) : own);
    }
}
