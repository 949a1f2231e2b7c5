package io.lazuli.governance.principal;

import java.util.Set;

/**
 * Someone or something that rights are given to.
 *
 * @param name a user's principal name such as {@code ada@contoso.com}, or the display name of the others
 * @param clientId what an application signs in as; null for users and groups
 * @param groups object ids of the groups that it is in
 */
public record Principal(Kind kind, String name, String objectId, String clientId, Set<String> groups) {
    /** What it is. */
    public enum Kind { USER, GROUP, SERVICE_PRINCIPAL }

    public Principal {
        groups = Set.copyOf(groups);
    }

    /** Whether rights of that object id are its own: as itself or as a member. */
    public boolean is(String id) {
        return objectId.equals(id) || groups.contains(id);
    }
}
