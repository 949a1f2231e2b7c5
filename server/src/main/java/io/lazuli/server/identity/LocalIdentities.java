package io.lazuli.server.identity;

import io.lazuli.datafactory.configuration.AccessSettings;
import io.lazuli.datafactory.configuration.PrincipalSettings;
import io.lazuli.datafactory.configuration.RoleSettings;
import io.lazuli.governance.principal.Principal;
import io.lazuli.governance.principal.Tenant;
import io.lazuli.governance.role.BuiltInRoles;
import io.lazuli.governance.role.RoleAssignment;
import io.lazuli.governance.role.RoleAssignments;
import io.lazuli.governance.role.Scope;
import io.lazuli.governance.secret.SecretStore;
import io.lazuli.governance.token.ClientSecrets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The principals of a data directory and their roles: those of the configuration, and the service principal {@code lazuli}, which owns all
 * data, so that nothing has to be configured.
 */
public final class LocalIdentities {
    public static final String STANDARD = "lazuli";
    private static final SecretStore.Name TENANT = new SecretStore.Name("identity", "tenant");

    private final Tenant tenant;
    private final RoleAssignments roles;
    private final ClientSecrets secrets;

    public LocalIdentities(AccessSettings settings, SecretStore store) {
        String id = Optional.ofNullable(settings.tenant()).orElseGet(() -> generatedTenant(store)).toLowerCase(Locale.ROOT);
        Map<String, String> chosen = new HashMap<>();
        List<Principal> principals = new ArrayList<>();
        settings.groups().forEach((name, group) ->
            principals.add(new Principal(Principal.Kind.GROUP, name, objectId(id, name, group), null, Set.of())));
        settings.users().forEach((name, user) -> principals.add(new Principal(
            Principal.Kind.USER, name, objectId(id, name, user), null, groups(id, user.groups(), settings))));
        settings.servicePrincipals().forEach((name, application) -> {
            Principal principal = application(id, name, application, settings);
            principals.add(principal);
            if (application.secret() != null) {
                chosen.put(principal.clientId(), application.secret().value());
            }
        });
        if (!settings.servicePrincipals().containsKey(STANDARD)) {
            principals.add(application(id, STANDARD, PrincipalSettings.ServicePrincipal.STANDARD, settings));
        }
        tenant = new Tenant(id, principals);
        roles = new RoleAssignments(assignments(settings));
        secrets = new ClientSecrets(store, chosen);
    }

    private static String generatedTenant(SecretStore store) {
        return store.getOrMake(TENANT, () -> UUID.randomUUID().toString());
    }

    private static String objectId(String tenant, String name, PrincipalSettings settings) {
        return Optional.ofNullable(settings.objectId()).orElseGet(() -> Tenant.idOf(tenant, "object", name.toLowerCase(Locale.ROOT)))
            .toLowerCase(Locale.ROOT);
    }

    private static Principal application(String tenant, String name, PrincipalSettings.ServicePrincipal settings, AccessSettings all) {
        String client = Optional.ofNullable(settings.clientId()).orElseGet(
            () -> Tenant.idOf(tenant, "client", name.toLowerCase(Locale.ROOT)));
        return new Principal(Principal.Kind.SERVICE_PRINCIPAL, name, objectId(tenant, name, settings), client.toLowerCase(Locale.ROOT),
            groups(tenant, settings.groups(), all));
    }

    private static Set<String> groups(String tenant, List<String> names, AccessSettings settings) {
        Set<String> ids = new HashSet<>();
        names.forEach(name -> ids.add(objectId(tenant, name, settings.groups().get(name))));
        return ids;
    }

    private List<RoleAssignment> assignments(AccessSettings settings) {
        List<RoleAssignment> given = new ArrayList<>();
        given.add(new RoleAssignment(BuiltInRoles.STORAGE_BLOB_DATA_OWNER, standard().objectId(), Scope.ALL));
        given.add(new RoleAssignment(BuiltInRoles.CONTRIBUTOR, standard().objectId(), Scope.ALL));
        for (RoleSettings each : settings.roles()) {
            Scope scope = each.scope() == null ? Scope.ALL : new Scope(each.scope());
            each.to().forEach(name -> given.add(new RoleAssignment(
                BuiltInRoles.find(each.role()).orElseThrow(), tenant.withName(name).orElseThrow().objectId(), scope)));
        }
        return given;
    }

    public Tenant tenant() {
        return tenant;
    }

    public RoleAssignments roles() {
        return roles;
    }

    public ClientSecrets secrets() {
        return secrets;
    }

    /** The service principal that is there without any configuration. */
    public Principal standard() {
        return tenant.withName(STANDARD).orElseThrow();
    }
}
