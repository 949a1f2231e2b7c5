package io.lazuli.storage.management;

import io.lazuli.governance.audit.AuditEvent;
import io.lazuli.governance.principal.Principal;
import io.lazuli.governance.role.Operation;
import io.lazuli.governance.role.Scope;
import io.lazuli.governance.token.TokenRefused;
import io.lazuli.storage.authorisation.StorageSecurity;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import io.lazuli.storage.metadata.ContainerProtection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of Azure's resource manager that gives containers immutability policies and legal holds, and deletes containers that have a
 * policy. It takes bearer tokens for {@code https://management.azure.com} or for its own address. Other requests are left to the next
 * handler.
 */
public final class ManagementEndpoint extends Handler.Abstract {
    private static final Pattern PATH = Pattern.compile("/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Storage"
        + "/storageAccounts/(?<account>[^/]+)/blobServices/default/containers/(?<container>[^/]+)(?<what>(/.*)?)",
        Pattern.CASE_INSENSITIVE);
    private static final String CONTAINERS = "Microsoft.Storage/storageAccounts/blobServices/containers/";
    private static final String POLICIES = CONTAINERS + "immutabilityPolicies/";
    private static final String POLICY = "/immutabilitypolicies/default";
    private static final Set<String> AUDIENCES = Set.of("https://management.azure.com", "https://management.core.windows.net");
    private static final String BEARER = "Bearer ";
    private static final int MOST_BYTES = 64 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Answer(int status, Object body, String etag) {
        static Answer of(Object body) {
            return new Answer(200, body, null);
        }
    }

    private interface Action {
        Answer run() throws IOException;
    }

    private record Route(String operation, Action action) {
    }

    private final StorageSecurity security;
    private final Containers containers;
    private final ContainerProtections protections;

    public ManagementEndpoint(StorageSecurity security, Containers containers) {
        this.security = security;
        this.containers = containers;
        this.protections = new ContainerProtections(containers);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        if (!path.startsWith("/subscriptions/")) {
            return false;
        }
        Matcher resource = PATH.matcher(path);
        if (!resource.matches()) {
            return false;
        }
        Answer answer;
        try {
            answer = answer(request, resource);
        } catch (JacksonException malformed) {
            answer = failed(ServiceFailure.badRequest("InvalidRequestContent",
                "The request content was invalid and could not be deserialized: '" + malformed.getOriginalMessage() + "'."));
        } catch (ServiceFailure failure) {
            answer = failed(failure);
        }
        respond(response, callback, answer);
        return true;
    }

    private static Answer failed(ServiceFailure failure) {
        return new Answer(failure.status(), Map.of("error", Map.of("code", failure.code(), "message", failure.getMessage())), null);
    }

    private Answer answer(Request request, Matcher resource) throws IOException {
        String account = resource.group("account").toLowerCase(Locale.ROOT);
        String container = Target.decode(resource.group("container"));
        Route route = route(request, resource, account, container);
        Principal principal = principal(request);
        boolean changes = !request.getMethod().equals("GET");
        try {
            requireAllowed(principal, route.operation(), account, container);
            if (changes) {
                note(request, principal, route, "/" + account + "/" + container, "allowed", null);
            }
            return route.action().run();
        } catch (ServiceFailure failure) {
            boolean denied = failure.status() == 403;
            if (changes || denied) {
                note(request, principal, route, "/" + account + "/" + container, denied ? "denied" : "failed", failure.code());
            }
            throw failure;
        }
    }

    /** A change is noted down before it is done, and once more when it fails. */
    private void note(Request request, Principal principal, Route route, String resource, String outcome, String code) {
        security.audit().append(new AuditEvent(Instant.now(), principal.objectId(), principal.name(), "OAuth", route.operation(), resource,
            outcome, code, Request.getRemoteAddr(request), UUID.randomUUID().toString()));
    }

    private Route route(Request request, Matcher resource, String account, String container) {
        String id = resource.group();
        String tag = request.getHeaders().get(HttpHeader.IF_MATCH);
        String what = request.getMethod() + " " + resource.group("what").toLowerCase(Locale.ROOT);
        return switch (what) {
            case "GET " -> new Route(CONTAINERS + "read", () ->
                Answer.of(ManagementAnswers.container(id, containers, containers.require(account, container))));
            case "DELETE " -> new Route(CONTAINERS + "delete", () -> {
                containers.deleteEmpty(account, container);
                return Answer.of(null);
            });
            case "GET " + POLICY -> new Route(POLICIES + "read", () -> policy(id, require(account, container)));
            case "PUT " + POLICY -> new Route(POLICIES + "write",
                () -> policy(id, protections.put(account, container, body(request), tag)));
            case "DELETE " + POLICY -> new Route(POLICIES + "delete", () -> policy(id, protections.delete(account, container, tag)));
            case "POST " + POLICY + "/lock" -> new Route(POLICIES + "lock/action",
                () -> policy(parent(id), protections.lock(account, container, tag)));
            case "POST " + POLICY + "/extend" -> new Route(POLICIES + "extend/action",
                () -> policy(parent(id), protections.extend(account, container, body(request), tag)));
            case "POST /setlegalhold" -> new Route(CONTAINERS + "setLegalHold/action",
                () -> Answer.of(ManagementAnswers.hold(protections.hold(account, container, body(request)))));
            case "POST /clearlegalhold" -> new Route(CONTAINERS + "clearLegalHold/action",
                () -> Answer.of(ManagementAnswers.hold(protections.release(account, container, body(request)))));
            default -> throw new ServiceFailure(404, "NotSupported", "'" + what + "' of containers is not served here: there are GET and "
                + "DELETE of containers, immutabilityPolicies/default (GET, PUT, DELETE, lock, extend), setLegalHold and clearLegalHold.");
        };
    }

    private ContainerProtection require(String account, String name) {
        return containers.require(account, name).record().protection();
    }

    private static String parent(String id) {
        return id.substring(0, id.lastIndexOf('/'));
    }

    private static Answer policy(String id, ContainerProtection protection) {
        return new Answer(200, ManagementAnswers.policy(id, protection), ContainerProtections.etag(protection));
    }

    private Principal principal(Request request) {
        String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (!request.isSecure()) {
            throw new ServiceFailure(403, "HttpsRequired", "Tokens are taken over HTTPS alone, which is served on the same port.");
        }
        if (authorization == null || !authorization.startsWith(BEARER)) {
            throw new ServiceFailure(401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
        }
        String own = "https://" + request.getHttpURI().getAuthority();
        try {
            return security.tokens().verify(authorization.substring(BEARER.length()).strip(), audience -> {
                String name = audience.endsWith("/") ? audience.substring(0, audience.length() - 1) : audience;
                return AUDIENCES.contains(name) || name.equals(own);
            });
        } catch (TokenRefused refused) {
            throw new ServiceFailure(401, "InvalidAuthenticationToken", refused.getMessage());
        }
    }

    private void requireAllowed(Principal principal, String operation, String account, String container) {
        if (!security.roles().allow(principal, Operation.action(operation), Scope.of(account, container))) {
            throw new ServiceFailure(403, "AuthorizationFailed", "The client '" + principal.name() + "' with object id '"
                + principal.objectId() + "' does not have authorization to perform action '" + operation + "' over '" + account + "/"
                + container + "'.");
        }
        if (security.keys().find(account).isEmpty()) {
            throw new ServiceFailure(404, "ResourceNotFound",
                "The Resource 'Microsoft.Storage/storageAccounts/" + account + "' was not found.");
        }
    }

    private static JsonNode body(Request request) throws IOException {
        return JSON.readTree(Content.Source.asInputStream(request).readNBytes(MOST_BYTES));
    }

    private static void respond(Response response, Callback callback, Answer answer) {
        byte[] body = answer.body() == null ? new byte[0] : JSON.writeValueAsBytes(answer.body());
        response.setStatus(answer.status());
        response.getHeaders().put("x-ms-request-id", UUID.randomUUID().toString());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        if (answer.etag() != null && !answer.etag().isEmpty()) {
            response.getHeaders().put(HttpHeader.ETAG, answer.etag());
        }
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
