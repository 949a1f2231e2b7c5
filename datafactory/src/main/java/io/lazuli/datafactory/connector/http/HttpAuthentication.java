package io.lazuli.datafactory.connector.http;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The {@code Authorization} header of activities' {@code authentication}: Basic, and tokens for managed identities and service
 * principals.
 *
 * <p>There is no Microsoft Entra ID here: a token is made on this machine, unsigned, and names the identity and the resource, so that
 * local endpoints see who calls; a real Azure service rejects it.
 */
public final class HttpAuthentication {
    private HttpAuthentication() {
    }

    /** The header's value, empty when the object asks for none; {@code NOT_SUPPORTED} for client certificates. */
    public static Optional<String> header(JsonNode authentication, SecretText secrets, Place place) {
        if (authentication == null || !authentication.isObject()) {
            return Optional.empty();
        }
        String type = authentication.path("type").asString("");
        return switch (type) {
            case "", "None", "Anonymous" -> Optional.empty();
            case "Basic" -> Optional.of(basic(authentication.path("username").asString(""),
                secrets.resolve(authentication.path("password"), place.member("password"))));
            case "MSI", "ManagedServiceIdentity", "UserAssignedManagedIdentity" ->
                Optional.of(localToken("managed-identity", authentication.path("resource").asString("")));
            case "ServicePrincipal" -> Optional.of(localToken(
                secrets.resolve(authentication.path("servicePrincipalId"), place.member("servicePrincipalId")),
                authentication.path("resource").asString("")));
            default -> throw failure(CommonError.NOT_SUPPORTED, place,
                "Authentication of type '%s' is not supported; supported are Basic, MSI and ServicePrincipal", type);
        };
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** A JSON Web Token without a signature. */
    static String localToken(String identity, String resource) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String claims = RestJson.JSON.writeValueAsString(Map.of("iss", "lazuli", "sub", identity, "appid", identity, "aud", resource));
        return "Bearer " + base64.encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
            + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".";
    }
}
