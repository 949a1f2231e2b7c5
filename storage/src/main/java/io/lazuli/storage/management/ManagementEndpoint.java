package io.lazuli.storage.management;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
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
    /** By these names a client on this machine knows the service; what else it may name is nobody's to decide but ours. */
    private static final Pattern OWN = Pattern.compile("https://(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?");
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

    private record Outcome(Optional<Principal> principal, String what, String code) {
        private String id() {
            return principal.map(Principal::objectId).orElse(null);
        }

        private String name() {
            return principal.map(Principal::name).orElse(null);
        }
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
            answer = refused(response, ServiceFailure.badRequest("InvalidRequestContent",
                "The request content was invalid and could not be deserialized: '" + malformed.getOriginalMessage() + "'."));
        } catch (ServiceFailure failure) {
            answer = refused(response, failure);
        } catch (LazuliException failure) {
            boolean full = failure.code() == CommonError.DISK_FULL;
            answer = refused(response, full ? new ServiceFailure(507, "InsufficientStorage", "The disk is full; nothing was changed.")
                : new ServiceFailure(500, "InternalServerError", failure.getMessage()));
        }
        respond(response, callback, answer);
        return true;
    }

    private Answer refused(Response response, ServiceFailure failure) {
        if (failure.status() == 401) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer authorization_uri=\"" + security.tokens().issuer()
                + "\", error=\"invalid_token\", error_description=\"" + failure.getMessage().replace('"', '\'') + "\"");
        }
        return new Answer(failure.status(), Map.of("error", Map.of("code", failure.code(), "message", failure.getMessage())), null);
    }

    private Answer answer(Request request, Matcher resource) throws IOException {
        String account = resource.group("account").toLowerCase(Locale.ROOT);
        String container = Target.decode(resource.group("container"));
        Route route = route(request, resource, account, container);
        Consumer<Outcome> audit = outcome -> security.audit().append(new AuditEvent(Instant.now(), outcome.id(), outcome.name(),
            outcome.principal().isPresent() ? "OAuth" : "Anonymous", route.operation(), "/" + account + "/" + container, outcome.what(),
            outcome.code(), Request.getRemoteAddr(request), UUID.randomUUID().toString()));
        boolean changes = !request.getMethod().equals("GET");
        Optional<Principal> principal = Optional.empty();
        try {
            principal = Optional.of(principal(request));
            requireAllowed(principal.get(), route.operation(), account, container);
        } catch (ServiceFailure failure) {
            boolean denied = failure.status() == 401 || failure.status() == 403;
            if (denied || changes) {
                audit.accept(new Outcome(principal, denied ? "denied" : "failed", failure.code()));
            }
            throw failure;
        }
        if (!changes) {
            return route.action().run();
        }
        // Before it is done, so that nothing is done of which no line tells.
        audit.accept(new Outcome(principal, "allowed", null));
        try {
            return route.action().run();
        } catch (ServiceFailure failure) {
            audit.accept(new Outcome(principal, "failed", failure.code()));
            throw failure;
        } catch (LazuliException failure) {
            audit.accept(new Outcome(principal, "failed", failure.code().name()));
            throw failure;
        }
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
        try {
            return security.tokens().verify(authorization.substring(BEARER.length()).strip(), audience -> {
                String name = audience.endsWith("/") ? audience.substring(0, audience.length() - 1) : audience;
                return AUDIENCES.contains(name) || OWN.matcher(name).matches();
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
        byte[] bytes = Content.Source.asInputStream(request).readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new ServiceFailure(413, "RequestContentTooLarge", "The request content has more than " + MOST_BYTES + " bytes.");
        }
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException malformed) {
            throw ServiceFailure.badRequest("InvalidRequestContent",
                "The request content was invalid and could not be deserialized: '" + malformed.getOriginalMessage() + "'.");
        }
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
