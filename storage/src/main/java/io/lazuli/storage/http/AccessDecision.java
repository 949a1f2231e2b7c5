package io.lazuli.storage.http;

import java.util.List;

/**
 * Why a principal was let in or not, as logs tell.
 *
 * @param action the operation of Azure's resource provider that was asked for
 * @param kind what decided: {@code RBAC} for roles, {@code ACL} for access lists
 * @param reason {@code Policy}, {@code NoApplicablePolicy} or {@code MissingPermission}
 * @param roleAssignment id of what gave the role, null when none allows it
 * @param roleDefinition id of the role, null when none allows it
 */
public record AccessDecision(
        String action, String kind, boolean granted, String reason, String roleAssignment, String roleDefinition,
        List<Holder> principals) {
    /** Who has the role or the access: the principal or a group that it is in; type is {@code User}, {@code Group} or another. */
    public record Holder(String id, String type) {
    }
}
