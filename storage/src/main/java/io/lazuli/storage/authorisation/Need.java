package io.lazuli.storage.authorisation;

import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import java.util.Optional;
import java.util.Set;

/**
 * What a shared access signature must allow for a request.
 *
 * @param permissions letters of which one is enough; empty for what no signature allows
 * @param level {@code s}, {@code c} or {@code o}: the account, a container, or a blob or path
 * @param serviceToo whether the signature of a container or blob is enough, not only that of an account
 */
record Need(String permissions, char level, boolean serviceToo) {
    private static final Set<String> PATH_PARAMETERS = Set.of("action", "recursive", "mode");

    /** What the request needs; {@code exists} tells whether there is a blob or directory already, which to replace is more than to make. */
    static Need of(Exchange exchange, boolean exists) {
        Target target = exchange.target();
        String component = Optional.ofNullable(target.parameter("comp")).orElse("");
        String resource = Optional.ofNullable(target.parameter("resource")).orElse("");
        if (component.equals("batch")) {
            // What a batch does needs permissions of its own.
            return new Need("rwdlacut", target.container().isEmpty() ? 's' : 'c', !target.container().isEmpty());
        }
        if (resource.equals("account") || target.container().isEmpty()) {
            return new Need(component.equals("list") || resource.equals("account") ? "l" : read(exchange) ? "r" : "w", 's', false);
        }
        boolean path = !target.path().isEmpty() || PATH_PARAMETERS.stream().anyMatch(name -> target.parameter(name) != null);
        if (!path || resource.equals("filesystem")) {
            return container(exchange, component, resource);
        }
        return component.isEmpty() ? plain(exchange, exists) : component(component, exchange, exists);
    }

    private static boolean read(Exchange exchange) {
        return exchange.method().equals("GET") || exchange.method().equals("HEAD");
    }

    private static Need container(Exchange exchange, String component, String resource) {
        if (component.equals("list") || resource.equals("filesystem") && exchange.method().equals("GET")) {
            return new Need("l", 'c', true);
        }
        if (component.equals("acl")) {
            return new Need("", 'c', false);
        }
        if (component.equals("blobs")) {
            return new Need("f", 'c', true);
        }
        String permissions = switch (exchange.method()) {
            case "GET", "HEAD" -> "r";
            case "DELETE" -> "d";
            default -> component.isEmpty() && exchange.method().equals("PUT") ? "cw" : "w";
        };
        return new Need(permissions, 'c', false);
    }

    private static Need plain(Exchange exchange, boolean exists) {
        String action = Optional.ofNullable(exchange.query("action")).orElse("");
        String permissions = switch (exchange.method()) {
            case "GET" -> "r";
            case "HEAD" -> action.isEmpty() ? "r" : "er";
            case "DELETE" -> "d";
            case "PATCH" -> action.startsWith("setAccessControl") ? "p" : action.equals("setProperties") ? "w" : "aw";
            default -> exists ? "w" : "cw";
        };
        return new Need(permissions, 'o', true);
    }

    private static Need component(String component, Exchange exchange, boolean exists) {
        String permissions = switch (component) {
            case "tags" -> "t";
            case "query" -> "r";
            case "block", "blocklist" -> read(exchange) ? "r" : exists ? "w" : "cw";
            case "appendblock" -> "aw";
            case "snapshot" -> "cw";
            default -> read(exchange) ? "r" : "w";
        };
        return new Need(permissions, 'o', true);
    }

    /** What to read a source of a copy needs. */
    static Need reading() {
        return new Need("r", 'o', true);
    }

    static ServiceFailure denied() {
        return new ServiceFailure(403, "AuthorizationPermissionMismatch",
            "This request is not authorized to perform this operation using this permission.");
    }
}
