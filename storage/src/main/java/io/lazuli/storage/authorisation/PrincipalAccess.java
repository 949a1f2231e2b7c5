package io.lazuli.storage.authorisation;

import io.lazuli.governance.principal.Principal;
import io.lazuli.governance.role.RoleAssignments;
import io.lazuli.governance.role.Scope;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.Target;
import java.util.function.Predicate;

/** What a principal may do: roles decide first; what they do not allow, access lists may. */
final class PrincipalAccess {
    private final RoleAssignments roles;
    private final PathRights paths;
    private final Predicate<String> hierarchical;

    /** {@code hierarchical} tells whether an account has directories, and with them access lists. */
    PrincipalAccess(RoleAssignments roles, PathRights paths, Predicate<String> hierarchical) {
        this.roles = roles;
        this.paths = paths;
        this.hierarchical = hierarchical;
    }

    boolean isSuperuser(Principal principal, Target target) {
        return roles.allow(principal, BlobOperation.SUPERUSER, scope(target));
    }

    private static Scope scope(Target target) {
        return Scope.of(target.account(), target.container());
    }

    boolean allows(Principal principal, Need need, Target target, Exchange exchange) {
        return byRole(principal, need, target) || byAccessLists(principal, need, target, exchange, signs(principal, target));
    }

    /** Whether access lists alone allow it, whatever roles the principal has. */
    boolean allowsByAccessLists(Principal principal, Need need, Target target, Exchange exchange) {
        return byAccessLists(principal, need, target, exchange, "");
    }

    private boolean byRole(Principal principal, Need need, Target target) {
        if (need.operations().isEmpty() && need.path() == null) {
            return true;
        }
        return need.operations().stream().anyMatch(operation -> roles.allow(principal, operation, scope(target)));
    }

    private boolean byAccessLists(Principal principal, Need need, Target target, Exchange exchange, String signs) {
        return need.path() != null && hierarchical.test(target.account())
            && paths.allow(principal, need.path(), BlobAddress.of(target), exchange, signs);
    }

    /** What roles give for every file and directory. */
    private String signs(Principal principal, Target target) {
        if (isSuperuser(principal, target)) {
            return "rwx";
        }
        boolean reads = roles.allow(principal, BlobOperation.READ, scope(target));
        boolean writes = roles.allow(principal, BlobOperation.WRITE, scope(target));
        return (reads ? "rx" : "") + (writes ? "w" : "");
    }
}
