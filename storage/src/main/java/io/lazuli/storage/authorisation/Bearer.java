package io.lazuli.storage.authorisation;

import io.lazuli.governance.principal.Principal;
import io.lazuli.governance.token.TokenRefused;
import io.lazuli.governance.token.TokenService;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import java.util.Set;

/** Requests with {@code Authorization: Bearer TOKEN}. See "Authorize with Microsoft Entra ID" in the storage services' reference. */
final class Bearer {
    static final String SCHEME = "Bearer ";
    static final String RESOURCE = "https://storage.azure.com";
    private static final String FIRST_VERSION = "2017-11-09";
    /** The storage services' own application, which some clients name instead of the resource. */
    private static final Set<String> AUDIENCES = Set.of(RESOURCE, "e406a681-f3d4-42a8-90b6-c2b029497af1");

    private final TokenService tokens;

    Bearer(TokenService tokens) {
        this.tokens = tokens;
    }

    /** Who sends the request, or a refusal that tells where tokens are had. */
    Principal principal(Exchange exchange, String authorization) {
        String version = exchange.version();
        if (version == null || version.compareTo(FIRST_VERSION) < 0) {
            throw SharedKey.failed("Authentication scheme Bearer is not supported in this version.");
        }
        if (!exchange.isSecure()) {
            throw SharedKey.failed("Authentication scheme Bearer is not supported over HTTP: anybody on the way could read the token. "
                + "Use HTTPS, which is served on the same port.");
        }
        return principal(exchange.target().account(), authorization);
    }

    /** Whom a token speaks of, for a resource of the account. */
    Principal principal(String account, String authorization) {
        try {
            return tokens.verify(authorization.substring(SCHEME.length()).strip(), audience -> isStorage(audience, account));
        } catch (TokenRefused refused) {
            throw new ServiceFailure(401, "InvalidAuthenticationInfo", "Server failed to authenticate the request. Please refer to the "
                + "information in the www-authenticate header.").with("AuthenticationErrorDetail", refused.getMessage());
        }
    }

    private static boolean isStorage(String audience, String account) {
        String name = audience.endsWith("/") ? audience.substring(0, audience.length() - 1) : audience;
        return AUDIENCES.contains(name) || name.equals("https://" + account + ".blob.core.windows.net")
            || name.equals("https://" + account + ".dfs.core.windows.net");
    }

    /** What an answer of 401 names in {@code WWW-Authenticate}. */
    String challenge(Exchange exchange) {
        String authority = exchange.origin().replaceFirst("^http:", "https:");
        return "Bearer authorization_uri=" + authority + "/" + tokens.tenant().id() + "/oauth2/authorize resource_id=" + RESOURCE;
    }
}
