package io.lazuli.datafactory.configuration;

import java.util.List;

/**
 * A role that is given.
 *
 * @param role its name in Azure, or its id
 * @param to names of users, groups and service principals
 * @param scope {@code account} or {@code account/container}; null for everything
 */
public record RoleSettings(String role, List<String> to, String scope) {
    public RoleSettings {
        to = to == null ? List.of() : List.copyOf(to);
    }
}
