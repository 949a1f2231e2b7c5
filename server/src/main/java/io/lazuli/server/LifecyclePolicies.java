package io.lazuli.server;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.storage.StorageFailures;
import io.lazuli.storage.lifecycle.LifecyclePolicy;
import io.lazuli.storage.lifecycle.LifecycleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lifecycle policies that a workspace's configuration gives its accounts: in it, or in files of JSON that it names. */
public final class LifecyclePolicies {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LifecyclePolicies() {
    }

    /** By account; {@code folder} is where the configuration is. */
    public static Map<String, LifecyclePolicy> of(LazuliConfiguration configuration, Path folder) {
        Map<String, LifecyclePolicy> policies = new TreeMap<>();
        configuration.storage().forEach((account, settings) -> {
            JsonNode given = settings.lifecycle();
            if (given != null && given.isString()) {
                policies.put(account.toLowerCase(Locale.ROOT), file(folder.resolve(given.asString()).normalize()));
            } else if (given != null) {
                policies.put(account.toLowerCase(Locale.ROOT),
                    LifecycleReader.read(given, Place.of(folder.resolve("lazuli.yaml"), "$.storage." + account + ".lifecycle")));
            }
            LifecyclePolicy policy = policies.get(account.toLowerCase(Locale.ROOT));
            if (policy != null && policy.asksForAccess() && !settings.lastAccessTimeTracking()) {
                throw failure(CommonError.INVALID_ARGUMENT, Place.of(folder.resolve("lazuli.yaml"), "$.storage." + account),
                    "The lifecycle policy asks when blobs were last read: set 'last-access-time-tracking: true'");
            }
        });
        return policies;
    }

    private static LifecyclePolicy file(Path file) {
        try {
            return LifecycleReader.read(JSON.readTree(Files.readString(file)), Place.of(file, "$"));
        } catch (JacksonException problem) {
            throw failure(CommonError.SYNTAX_ERROR, Place.of(file, null)
                .within(problem.getLocation().getLineNr(), problem.getLocation().getColumnNr()), "The policy is not JSON: %s",
                problem.getOriginalMessage(), problem);
        } catch (IOException problem) {
            throw StorageFailures.of("The policy cannot be read", problem).at(Place.of(file, null));
        }
    }
}
