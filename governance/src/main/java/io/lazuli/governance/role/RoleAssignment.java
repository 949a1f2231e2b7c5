package io.lazuli.governance.role;

/** A role that a user, group or application has for a part of the resources. */
public record RoleAssignment(Role role, String objectId, Scope scope) {
}
