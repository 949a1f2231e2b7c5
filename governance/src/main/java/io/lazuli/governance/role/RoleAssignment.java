package io.lazuli.governance.role;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A role that a user, group or application has for a part of the resources. */
public record RoleAssignment(Role role, String objectId, Scope scope) {
    /** A GUID that tells it from others: the same as long as it says the same. */
    public String id() {
        return UUID.nameUUIDFromBytes((role.id() + "\n" + objectId + "\n" + scope.path()).getBytes(StandardCharsets.UTF_8)).toString();
    }
}
