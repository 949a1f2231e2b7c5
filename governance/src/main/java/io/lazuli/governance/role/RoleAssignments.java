package io.lazuli.governance.role;

import io.lazuli.governance.principal.Principal;
import java.util.List;

/** All roles that were given. What no role allows is not allowed. */
public record RoleAssignments(List<RoleAssignment> all) {
    public RoleAssignments {
        all = List.copyOf(all);
    }

    /** Whether a role that the principal or one of its groups has for the resource allows the operation. */
    public boolean allow(Principal principal, Operation operation, Scope resource) {
        return all.stream().anyMatch(given -> principal.is(given.objectId()) && given.scope().covers(resource)
            && given.role().allows(operation));
    }
}
