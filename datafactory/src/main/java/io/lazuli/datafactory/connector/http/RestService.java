package io.lazuli.datafactory.connector.http;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A linked service of type {@code RestService} or {@code HttpServer}: an address, and who we are there.
 *
 * @param place of the linked service's type properties
 */
public record RestService(String url, Settings properties, Place place, SecretText secrets) {
    private static final Duration TOKEN_TIMEOUT = Duration.ofSeconds(100);

    public static RestService of(ResolvedLinkedService service, SecretText secrets) {
        Settings properties = new Settings(service.typeProperties(), "linked service '" + service.name() + "'");
        String url = properties.text("url").orElseThrow(() ->
            failure(CommonError.INVALID_ARGUMENT, service.place(), "Linked service '%s' has no url", service.name()));
        return new RestService(url, properties, service.place(), secrets);
    }

    public HttpTransport connect() {
        return new HttpTransport(properties.flag("enableServerCertificateValidation", true));
    }

    /** The headers that tell who we are; a client credential asks its token endpoint. */
    public Map<String, String> headers(HttpTransport transport) throws InterruptedException {
        Map<String, String> headers = new LinkedHashMap<>();
        String type = properties.text("authenticationType").orElse("Anonymous");
        switch (type) {
            case "Anonymous" -> { }
            case "Basic" -> headers.put("Authorization",
                HttpAuthentication.basic(properties.text("userName").orElse(""), secret("password")));
            case "AadServicePrincipal" -> headers.put("Authorization",
                HttpAuthentication.localToken(secret("servicePrincipalId"), properties.text("aadResourceId").orElse("")));
            case "ManagedServiceIdentity" -> headers.put("Authorization",
                HttpAuthentication.localToken("managed-identity", properties.text("aadResourceId").orElse("")));
            case "OAuth2ClientCredential" -> headers.put("Authorization", "Bearer " + clientToken(transport));
            default -> throw failure(CommonError.NOT_SUPPORTED, place, "Authentication of type '%s' is not supported; supported are "
                + "Anonymous, Basic, AadServicePrincipal, ManagedServiceIdentity and OAuth2ClientCredential", type);
        }
        for (String name : new String[]{"authHeaders", "authHeader"}) {
            JsonNode given = properties.json().path(name);
            if (given.isObject()) {
                given.properties().forEach(header -> headers.put(header.getKey(), secrets.resolve(header.getValue(), place.member(name))));
            }
        }
        return headers;
    }

    private String secret(String name) {
        return properties.has(name) ? secrets.resolve(properties.json().path(name), place.member(name)) : "";
    }

    private String clientToken(HttpTransport transport) throws InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", secret("clientId"));
        form.put("client_secret", secret("clientSecret"));
        properties.text("scope").ifPresent(scope -> form.put("scope", scope));
        properties.text("resource").ifPresent(resource -> form.put("resource", resource));
        String body = form.entrySet().stream()
            .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
        String endpoint = properties.text("tokenEndpoint").orElseThrow(() ->
            failure(CommonError.INVALID_ARGUMENT, place, "OAuth2ClientCredential needs a tokenEndpoint"));
        HttpCall call = new HttpCall("POST", RestUrl.uri(endpoint),
            Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json"),
            body.getBytes(StandardCharsets.UTF_8), TOKEN_TIMEOUT);
        try {
            HttpReply reply = transport.send(call);
            String token = reply.succeeded() ? RestJson.parse(reply).path("access_token").asString("") : "";
            if (token.isEmpty()) {
                throw failure(CommonError.FORBIDDEN, place, "The token endpoint %s gave no token: status %d, %s", endpoint, reply.status(),
                    reply.succeeded() ? "without access_token" : reply.text());
            }
            return token;
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, place, "The token endpoint %s cannot be called: %s", endpoint, RestFailure.reason(e), e);
        }
    }
}
