package io.lazuli.server.identity;

import io.lazuli.governance.principal.Principal;
import io.lazuli.governance.token.ClientSecrets;
import io.lazuli.governance.token.TokenService;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.util.Fields;

/** Requests for tokens by programs that have a managed identity: that of the data directory, or the service principal that they name. */
final class ManagedIdentities {
    private final LocalIdentities identities;
    private final TokenService tokens;

    ManagedIdentities(LocalIdentities identities, TokenService tokens) {
        this.identities = identities;
        this.tokens = tokens;
    }

    TokenAnswer answer(String secret, Fields query) {
        if (secret == null || !ClientSecrets.same(identities.secrets().ofManagedIdentities(), secret)) {
            return TokenAnswer.failed(401, "unauthorized_client", "The secret of the identity endpoint is missing or wrong.");
        }
        String resource = query.getValue("resource");
        if (resource == null || resource.isBlank()) {
            return TokenAnswer.failed(400, "invalid_resource", "AADSTS500011: The resource principal was not named.");
        }
        Optional<Principal> principal = principal(query);
        return principal.map(found -> issued(found, resource)).orElseGet(() -> TokenAnswer.failed(400, "invalid_request",
            "Identity not found: no service principal has that id."));
    }

    private Optional<Principal> principal(Fields query) {
        String client = query.getValue("client_id") == null ? query.getValue("clientid") : query.getValue("client_id");
        String object = query.getValue("principal_id") == null ? query.getValue("object_id") : query.getValue("principal_id");
        if (client != null) {
            return identities.tenant().withClientId(client);
        }
        return object == null ? Optional.of(identities.standard())
            : identities.tenant().withObjectId(object).filter(found -> found.kind() == Principal.Kind.SERVICE_PRINCIPAL);
    }

    private TokenAnswer issued(Principal principal, String resource) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("access_token", tokens.issue(principal, resource, TokenRequests.LIFE));
        body.put("client_id", principal.clientId());
        body.put("expires_in", Long.toString(TokenRequests.LIFE.toSeconds()));
        body.put("expires_on", Long.toString(now + TokenRequests.LIFE.toSeconds()));
        body.put("ext_expires_in", Long.toString(TokenRequests.LIFE.toSeconds()));
        body.put("not_before", Long.toString(now));
        body.put("resource", resource);
        body.put("token_type", "Bearer");
        return TokenAnswer.of(body);
    }
}
