package io.lazuli.storage.endpoint;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import io.lazuli.governance.audit.AuditJournal;
import io.lazuli.governance.certificate.LocalCertificates;
import io.lazuli.governance.principal.Principal;
import io.lazuli.governance.principal.Tenant;
import io.lazuli.governance.role.BuiltInRoles;
import io.lazuli.governance.role.Role;
import io.lazuli.governance.role.RoleAssignment;
import io.lazuli.governance.role.RoleAssignments;
import io.lazuli.governance.role.Scope;
import io.lazuli.governance.secret.SecretStore;
import io.lazuli.governance.token.SigningKey;
import io.lazuli.governance.token.TokenService;
import io.lazuli.storage.authorisation.AccountKeys;
import io.lazuli.storage.authorisation.StorageSecurity;
import io.lazuli.storage.authorisation.UserDelegationKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** The users of a test's tenant, with roles for the account, and a token service for them. */
final class TestIdentities {
    static final String TENANT = "aaaaaaaa-0000-4000-8000-000000000000";
    static final String ENGINEERS = "bbbbbbbb-0000-4000-8000-000000000001";

    /** Each user has the role of its name for the account; the last two have none. */
    static final Principal OWNER = user("owner", "1");
    static final Principal CONTRIBUTOR = user("contributor", "2");
    static final Principal READER = user("reader", "3");
    static final Principal DELEGATOR = user("delegator", "4");
    static final Principal ACCOUNT_READER = user("account-reader", "5");
    static final Principal ADA = user("ada", "6");
    /** In the group of engineers. */
    static final Principal EVE = new Principal(Principal.Kind.USER, "eve@contoso.com", "cccccccc-0000-4000-8000-000000000007", null,
        Set.of(ENGINEERS));

    private final StorageSecurity security;
    private final LocalCertificates certificates;

    TestIdentities(Path folder) {
        SecretStore secrets = new SecretStore(folder, name -> null);
        Tenant tenant = new Tenant(TENANT, List.of(OWNER, CONTRIBUTOR, READER, DELEGATOR, ACCOUNT_READER, ADA, EVE,
            new Principal(Principal.Kind.GROUP, "engineers", ENGINEERS, null, Set.of())));
        RoleAssignments roles = new RoleAssignments(List.of(
            given(BuiltInRoles.STORAGE_BLOB_DATA_OWNER, OWNER), given(BuiltInRoles.STORAGE_BLOB_DATA_CONTRIBUTOR, CONTRIBUTOR),
            given(BuiltInRoles.STORAGE_BLOB_DATA_READER, READER), given(BuiltInRoles.STORAGE_BLOB_DELEGATOR, DELEGATOR),
            given(BuiltInRoles.READER, ACCOUNT_READER)));
        certificates = new LocalCertificates(folder, secrets);
        security = new StorageSecurity(new AccountKeys(secrets, true), new TokenService(tenant, new SigningKey(secrets), Clock.systemUTC()),
            roles, new UserDelegationKeys(secrets), new AuditJournal(folder));
    }

    private static Principal user(String name, String number) {
        return new Principal(Principal.Kind.USER, name + "@contoso.com", "cccccccc-0000-4000-8000-00000000000" + number, null, Set.of());
    }

    private static RoleAssignment given(Role role, Principal principal) {
        return new RoleAssignment(role, principal.objectId(), new Scope(StorageWorld.ACCOUNT));
    }

    StorageSecurity security() {
        return security;
    }

    TlsSettings tls() {
        return new TlsSettings(certificates::serverKeys, false);
    }

    LocalCertificates certificates() {
        return certificates;
    }

    String token(Principal principal) {
        return security.tokens().issue(principal, "https://storage.azure.com", Duration.ofHours(1));
    }

    TokenCredential credential(Principal principal) {
        return request -> Mono.fromSupplier(() -> new AccessToken(token(principal), OffsetDateTime.now().plusHours(1)));
    }
}
