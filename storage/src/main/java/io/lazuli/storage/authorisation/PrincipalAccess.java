package io.lazuli.storage.authorisation;

import io.lazuli.governance.principal.Principal;
import io.lazuli.governance.role.Operation;
import io.lazuli.governance.role.RoleAssignment;
import io.lazuli.governance.role.RoleAssignments;
import io.lazuli.governance.role.Scope;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.http.AccessDecision;
import io.lazuli.storage.http.AccessDecision.Holder;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a principal may do: roles decide first; what they do not allow, access lists may. */
final class PrincipalAccess {
    private static final String ROLES = "RBAC";
    private static final String LISTS = "ACL";

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
        return byRole(principal, need, target, exchange)
            || byAccessLists(principal, need, target, exchange, signs(principal, target));
    }

    /** Whether access lists alone allow it, whatever roles the principal has. */
    boolean allowsByAccessLists(Principal principal, Need need, Target target, Exchange exchange) {
        return byAccessLists(principal, need, target, exchange, "");
    }

    /** Whether access lists would let the principal make something new there. */
    boolean creates(Principal principal, Target target) {
        return hierarchical.test(target.account()) && paths.creates(principal, BlobAddress.of(target));
    }

    private boolean byRole(Principal principal, Need need, Target target, Exchange exchange) {
        if (need.operations().isEmpty()) {
            return need.path() == null;
        }
        for (Operation operation : need.operations()) {
            Optional<RoleAssignment> given = roles.find(principal, operation, scope(target));
            if (given.isPresent()) {
                exchange.addDecision(new AccessDecision(operation.name(), ROLES, true, "Policy", given.get().id(), given.get().role().id(),
                    List.of(holder(principal, given.get().objectId()))));
                return true;
            }
        }
        String reason = roles.any(principal, scope(target)) ? "MissingPermission" : "NoApplicablePolicy";
        exchange.addDecision(new AccessDecision(need.operations().getFirst().name(), ROLES, false, reason, null, null,
            List.of(holder(principal, principal.objectId()))));
        return false;
    }

    private static Holder holder(Principal principal, String objectId) {
        boolean group = !principal.objectId().equals(objectId);
        return new Holder(objectId, group ? "Group" : principal.kind() == Principal.Kind.USER ? "User" : "ServicePrincipal");
    }

    private boolean byAccessLists(Principal principal, Need need, Target target, Exchange exchange, String signs) {
        if (need.path() == null || !hierarchical.test(target.account())) {
            return false;
        }
        boolean allowed = paths.allow(principal, need.path(), BlobAddress.of(target), exchange, signs);
        String action = need.operations().isEmpty() ? BlobOperation.READ.name() : need.operations().getFirst().name();
        exchange.addDecision(new AccessDecision(action, LISTS, allowed, allowed ? "Policy" : "MissingPermission", null, null,
            List.of(holder(principal, principal.objectId()))));
        return allowed;
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
