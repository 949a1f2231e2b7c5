package io.lazuli.governance.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.governance.principal.Principal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleAssignmentsTest {
    private static final Operation READ_BLOB =
        Operation.dataAction("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read");
    private static final Operation SUPERUSER =
        Operation.dataAction("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/runAsSuperUser/action");
    private static final Operation LIST_CONTAINERS = Operation.action("Microsoft.Storage/storageAccounts/blobServices/containers/read");
    private static final Operation DELEGATE =
        Operation.action("Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action");
    private static final Principal ADA = new Principal(Principal.Kind.USER, "ada@contoso.com", "ada", null, Set.of("engineers"));

    private static RoleAssignments given(Role role, String objectId, String scope) {
        return new RoleAssignments(List.of(new RoleAssignment(role, objectId, new Scope(scope))));
    }

    @Test
    void givesRightsToMembersOfGroups() {
        RoleAssignments assignments = given(BuiltInRoles.STORAGE_BLOB_DATA_READER, "engineers", "");
        assertThat(assignments.allow(ADA, READ_BLOB, new Scope("lake/raw"))).isTrue();
        assertThat(assignments.allow(ADA, SUPERUSER, new Scope("lake/raw"))).isFalse();
        assertThat(given(BuiltInRoles.STORAGE_BLOB_DATA_READER, "others", "").allow(ADA, READ_BLOB, new Scope("lake/raw"))).isFalse();
    }

    @Test
    void reachesWhatIsInItsScope() {
        RoleAssignments assignments = given(BuiltInRoles.STORAGE_BLOB_DATA_OWNER, "ada", "lake/raw");
        assertThat(assignments.allow(ADA, SUPERUSER, new Scope("lake/raw"))).isTrue();
        assertThat(assignments.allow(ADA, SUPERUSER, new Scope("lake/raw2"))).isFalse();
        assertThat(assignments.allow(ADA, LIST_CONTAINERS, new Scope("lake"))).isFalse();
    }

    @Test
    void accountLevelRolesGiveNoData() {
        for (Role role : List.of(BuiltInRoles.OWNER, BuiltInRoles.CONTRIBUTOR, BuiltInRoles.READER)) {
            RoleAssignments assignments = given(role, "ada", "");
            assertThat(assignments.allow(ADA, READ_BLOB, new Scope("lake/raw"))).as(role.name()).isFalse();
            assertThat(assignments.allow(ADA, LIST_CONTAINERS, new Scope("lake"))).as(role.name()).isTrue();
        }
        assertThat(given(BuiltInRoles.READER, "ada", "").allow(ADA, DELEGATE, new Scope("lake"))).isFalse();
        assertThat(given(BuiltInRoles.STORAGE_BLOB_DELEGATOR, "ada", "").allow(ADA, DELEGATE, new Scope("lake"))).isTrue();
    }

    @Test
    void findsRolesByNameAndId() {
        assertThat(BuiltInRoles.find("storage blob data reader")).contains(BuiltInRoles.STORAGE_BLOB_DATA_READER);
        assertThat(BuiltInRoles.find("b7e6dc6d-f1e8-4753-8033-0f276bb0955b")).contains(BuiltInRoles.STORAGE_BLOB_DATA_OWNER);
        assertThat(BuiltInRoles.find("King")).isEmpty();
    }
}
