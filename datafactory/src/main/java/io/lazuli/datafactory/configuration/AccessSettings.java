package io.lazuli.datafactory.configuration;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who there is, and who may see and do what.
 *
 * @param identity on whose behalf everything in the workspace runs
 * @param tenant the tenant's id, null for one that is made with the data directory
 * @param users by name
 * @param groups by name
 * @param servicePrincipals by name
 */
public record AccessSettings(String identity, List<AccessRule> policies, String tenant, Map<String, PrincipalSettings.User> users,
        Map<String, PrincipalSettings.Group> groups, Map<String, PrincipalSettings.ServicePrincipal> servicePrincipals,
        List<RoleSettings> roles) {
    public static final AccessSettings STANDARD = new AccessSettings(null, null, null, null, null, null, null);

    public AccessSettings {
        identity = identity == null ? "data-factory" : identity;
        policies = policies == null ? List.of() : List.copyOf(policies);
        users = named(users, PrincipalSettings.User.STANDARD);
        groups = named(groups, PrincipalSettings.Group.STANDARD);
        servicePrincipals = named(servicePrincipals, PrincipalSettings.ServicePrincipal.STANDARD);
        roles = roles == null ? List.of() : List.copyOf(roles);
    }

    /** A name that nothing is said of has all by default. */
    private static <T> Map<String, T> named(Map<String, T> given, T standard) {
        Map<String, T> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (given != null) {
            given.forEach((name, settings) -> found.put(name, settings == null ? standard : settings));
        }
        return Collections.unmodifiableMap(found);
    }

    /** The names of all whom roles can be given to. */
    public Set<String> principals() {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(users.keySet());
        names.addAll(groups.keySet());
        names.addAll(servicePrincipals.keySet());
        return names;
    }
}
