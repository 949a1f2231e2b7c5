package io.lazuli.datafactory.configuration;

import java.util.List;

/**
 * Who may see what.
 *
 * @param identity on whose behalf everything in the workspace runs
 */
public record AccessSettings(String identity, List<AccessRule> policies) {
    public static final AccessSettings STANDARD = new AccessSettings(null, null);

    public AccessSettings {
        identity = identity == null ? "data-factory" : identity;
        policies = policies == null ? List.of() : List.copyOf(policies);
    }
}
