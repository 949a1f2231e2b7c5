package io.lazuli.server.identity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The documents that tell a library where the endpoints of a tenant are. */
final class Discovery {
    private Discovery() {
    }

    /** That the authority is known, under its own name alone. */
    static Map<String, Object> instance(String authority, String tenant) {
        String host = authority.replaceFirst("^https://", "");
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("tenant_discovery_endpoint", authority + "/" + tenant + "/v2.0/.well-known/openid-configuration");
        document.put("api-version", "1.1");
        document.put("metadata", List.of(Map.of("preferred_network", host, "preferred_cache", host, "aliases", List.of(host))));
        return document;
    }

    /** OpenID Connect's discovery document. */
    static Map<String, Object> configuration(String authority, String tenant, String issuer) {
        String base = authority + "/" + tenant;
        String oauth = tenant.equals("adfs") ? base + "/oauth2" : base + "/oauth2/v2.0";
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("token_endpoint", oauth + "/token");
        document.put("token_endpoint_auth_methods_supported", List.of("client_secret_post", "client_secret_basic"));
        document.put("jwks_uri", base + "/discovery/v2.0/keys");
        document.put("grant_types_supported", List.of("client_credentials"));
        document.put("response_types_supported", List.of("code"));
        document.put("subject_types_supported", List.of("pairwise"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256"));
        document.put("scopes_supported", List.of("openid"));
        document.put("issuer", issuer);
        document.put("authorization_endpoint", oauth + "/authorize");
        document.put("device_authorization_endpoint", oauth + "/devicecode");
        document.put("cloud_instance_name", "lazuli");
        document.put("tenant_region_scope", "local");
        return document;
    }
}
