package io.lazuli.server.identity;

import io.lazuli.governance.principal.Principal;
import io.lazuli.governance.token.ClientSecrets;
import io.lazuli.governance.token.TokenService;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Requests for tokens by applications that have a secret: client credentials, with the scopes of v2.0 or the resource of v1. */
final class TokenRequests {
    static final Duration LIFE = Duration.ofHours(1);
    private static final String DEFAULT = "/.default";

    private final LocalIdentities identities;
    private final TokenService tokens;

    TokenRequests(LocalIdentities identities, TokenService tokens) {
        this.identities = identities;
        this.tokens = tokens;
    }

    TokenAnswer answer(String method, String authorization, Map<String, String> form) {
        if (!method.equals("POST")) {
            return TokenAnswer.failed(405, "invalid_request", "AADSTS900561: The endpoint only accepts POST requests.");
        }
        String grant = form.getOrDefault("grant_type", "");
        if (!grant.equals("client_credentials")) {
            return TokenAnswer.failed(400, "unsupported_grant_type", "AADSTS70003: The app requested an unsupported grant type '" + grant
                + "'. Here there are client_credentials alone; lazuli token gives tokens of users.");
        }
        if (form.containsKey("client_assertion")) {
            return TokenAnswer.failed(401, "invalid_client", "AADSTS700027: Client assertions (certificates, federated identities) are not "
                + "supported; use the client's secret.");
        }
        String[] client = client(authorization, form);
        Optional<Principal> application = identities.tenant().withClientId(client[0]);
        if (application.isEmpty()) {
            return TokenAnswer.failed(400, "unauthorized_client", "AADSTS700016: Application with identifier '" + client[0]
                + "' was not found in the directory '" + identities.tenant().id() + "'.");
        }
        if (!ClientSecrets.same(identities.secrets().of(application.get()), client[1])) {
            return TokenAnswer.failed(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.");
        }
        return resource(form).map(resource -> issued(application.get(), resource)).orElseGet(() -> TokenAnswer.failed(400, "invalid_scope",
            "AADSTS70011: The provided value for the input parameter 'scope' is not valid. It is a resource followed by /.default."));
    }

    /** The client's id and secret, from the form or by Basic authentication. */
    private static String[] client(String authorization, Map<String, String> form) {
        if (authorization != null && authorization.startsWith("Basic ")) {
            try {
                String[] parts = new String(Base64.getDecoder().decode(authorization.substring("Basic ".length()).strip()),
                    StandardCharsets.UTF_8).split(":", 2);
                return new String[] {decode(parts[0]), parts.length > 1 ? decode(parts[1]) : ""};
            } catch (IllegalArgumentException malformed) {
                return new String[] {"", ""};
            }
        }
        return new String[] {form.getOrDefault("client_id", ""), form.getOrDefault("client_secret", "")};
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Optional<String> resource(Map<String, String> form) {
        if (form.containsKey("resource")) {
            return Optional.of(form.get("resource")).filter(text -> !text.isBlank());
        }
        return Arrays.stream(form.getOrDefault("scope", "").split(" ")).filter(scope -> scope.endsWith(DEFAULT))
            .map(scope -> scope.substring(0, scope.length() - DEFAULT.length())).filter(text -> !text.isBlank()).findFirst();
    }

    private TokenAnswer issued(Principal application, String resource) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("token_type", "Bearer");
        body.put("expires_in", LIFE.toSeconds());
        body.put("ext_expires_in", LIFE.toSeconds());
        body.put("access_token", tokens.issue(application, resource, LIFE));
        return TokenAnswer.of(body);
    }
}
