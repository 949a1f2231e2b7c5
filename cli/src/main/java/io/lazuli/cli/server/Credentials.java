package io.lazuli.cli.server;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.governance.principal.Principal;
import io.lazuli.governance.principal.Tenant;
import io.lazuli.server.RunningServer;
import io.lazuli.server.identity.LocalIdentities;
import io.lazuli.server.identity.TokenEndpoint;
import java.util.Map;

/** How a program that uses {@code DefaultAzureCredential} gets tokens of a service principal, as environment variables. */
enum Credentials {
    /** By the endpoint of managed identities, as in App Service: plain HTTP on this machine, with a secret. */
    MANAGED,
    /** By the client's secret, over TLS. */
    SECRET,
    /** By the endpoint of managed identities, as on a virtual machine. */
    MACHINE,
    NONE;

    void write(Map<String, String> variables, RunningServer server, LocalIdentities identities, Principal principal) {
        String header = identities.secrets().ofManagedIdentities();
        switch (this) {
            case MANAGED -> {
                variables.put("IDENTITY_ENDPOINT", server.url() + TokenEndpoint.IDENTITY_PATH);
                variables.put("IDENTITY_HEADER", header);
                variables.put("AZURE_CLIENT_ID", principal.clientId());
            }
            case SECRET -> {
                variables.put("AZURE_TENANT_ID", identities.tenant().id());
                variables.put("AZURE_CLIENT_ID", principal.clientId());
                variables.put("AZURE_CLIENT_SECRET", identities.secrets().of(principal));
                variables.put("AZURE_AUTHORITY_HOST", server.secureUrl());
            }
            case MACHINE -> {
                variables.put("AZURE_POD_IDENTITY_AUTHORITY_HOST", server.url() + "/lazuli/identity/" + header);
                variables.put("AZURE_CLIENT_ID", principal.clientId());
            }
            case NONE -> { }
        }
    }

    /** The principal of that name, the standard one for null. */
    static Principal choose(LocalIdentities identities, String name) {
        if (name == null) {
            return identities.standard();
        }
        Tenant tenant = identities.tenant();
        return tenant.withName(name).filter(found -> found.kind() != Principal.Kind.GROUP)
            .orElseThrow(() -> failure(CommonError.NOT_FOUND, "There is no user or service principal '%s' in lazuli.yaml%s", name,
                NearestName.hint(name, tenant.principals().stream().map(Principal::name).toList())));
    }
}
