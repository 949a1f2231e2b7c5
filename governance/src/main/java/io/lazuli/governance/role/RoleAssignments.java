package io.lazuli.governance.role;

import io.lazuli.governance.principal.Principal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All roles that were given. What no role allows is not allowed. */
public record RoleAssignments(List<RoleAssignment> all) {
    public RoleAssignments {
        all = List.copyOf(all);
    }

    /** Whether a role that the principal or one of its groups has for the resource allows the operation. */
    public boolean allow(Principal principal, Operation operation, Scope resource) {
        return find(principal, operation, resource).isPresent();
    }

    /** What allows the operation: a role that the principal or one of its groups has for the resource. */
    public Optional<RoleAssignment> find(Principal principal, Operation operation, Scope resource) {
        return of(principal, resource).filter(given -> given.role().allows(operation)).findFirst();
    }

    /** Whether the principal or one of its groups has any role for the resource. */
    public boolean any(Principal principal, Scope resource) {
        return of(principal, resource).findAny().isPresent();
    }

    private Stream<RoleAssignment> of(Principal principal, Scope resource) {
        return all.stream().filter(given -> principal.is(given.objectId()) && given.scope().covers(resource));
    }
}
