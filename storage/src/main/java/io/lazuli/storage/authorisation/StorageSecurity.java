package io.lazuli.storage.authorisation;

import io.lazuli.governance.audit.AuditJournal;
import io.lazuli.governance.role.RoleAssignments;
import io.lazuli.governance.token.TokenService;

/** All that decides who may use the service, and where it is noted down; closed by whoever made it. */
public record StorageSecurity(AccountKeys keys, TokenService tokens, RoleAssignments roles, UserDelegationKeys delegation,
        AuditJournal audit) {
}
