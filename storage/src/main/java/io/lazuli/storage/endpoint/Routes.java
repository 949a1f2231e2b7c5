package io.lazuli.storage.endpoint;

import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.Operation;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Which operation a request means: by verb, by what it is about, and by the parameters {@code restype} and {@code comp}. */
final class Routes {
    /** What a request is about. */
    enum Level { ACCOUNT, CONTAINER, BLOB }

    private record Key(String method, Level level, String resourceType, String component) {
    }

    private final Map<Key, Operation> operations = new HashMap<>();

    /** Adds a route; {@code resourceType} and {@code component} are empty when the request has no such parameter. */
    Routes add(String method, Level level, String resourceType, String component, Operation operation) {
        operations.put(new Key(method, level, resourceType, component), operation);
        return this;
    }

    Operation find(Exchange exchange) {
        Target target = exchange.target();
        String resourceType = text(target.parameter("restype"));
        String component = text(target.parameter("comp"));
        Level level = !target.path().isEmpty() ? Level.BLOB : target.container().isEmpty() ? Level.ACCOUNT : Level.CONTAINER;
        Operation operation = operations.get(new Key(exchange.method(), level, resourceType, component));
        if (operation != null) {
            return operation;
        }
        boolean known = operations.keySet().stream().anyMatch(key -> key.level() == level && key.resourceType().equals(resourceType)
            && key.component().equals(component));
        if (known) {
            throw new ServiceFailure(405, "UnsupportedHttpVerb", "The resource doesn't support specified Http Verb.");
        }
        if (level == Level.ACCOUNT && resourceType.equals("container")) {
            throw ServiceFailure.invalidParameter("restype", resourceType, "The request names no container.");
        }
        if (level == Level.CONTAINER && resourceType.isEmpty() && component.isEmpty()) {
            throw ServiceFailure.badRequest("InvalidUri", "The requested URI does not represent any resource on the server.");
        }
        throw ServiceFailure.notImplemented(exchange.method() + " of " + level.name().toLowerCase(Locale.ROOT)
            + (resourceType.isEmpty() ? "" : " with restype=" + resourceType) + (component.isEmpty() ? "" : " with comp=" + component));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
