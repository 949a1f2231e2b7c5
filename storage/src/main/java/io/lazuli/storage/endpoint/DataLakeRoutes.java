package io.lazuli.storage.endpoint;

import io.lazuli.storage.blob.LeaseOperations;
import io.lazuli.storage.content.Appends;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.dfs.FileSystemOperations;
import io.lazuli.storage.dfs.ListPaths;
import io.lazuli.storage.dfs.PathAccess;
import io.lazuli.storage.dfs.PathOperations;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.Operation;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The operations of the Data Lake endpoint, which shares its address with the Blob endpoint: the request's parameters tell them apart. */
final class DataLakeRoutes {
    private static final Set<String> MARKS = Set.of("resource", "action", "recursive", "mode");

    private final FileSystemOperations fileSystems;
    private final PathOperations paths;
    private final PathAccess access;
    private final ListPaths lists;
    private final LeaseOperations leases;

    DataLakeRoutes(Containers containers, Blobs blobs, Directories directories, Appends appends, Predicate<String> isAccount) {
        fileSystems = new FileSystemOperations(containers);
        paths = new PathOperations(containers, blobs, directories, appends, isAccount);
        access = new PathAccess(containers, blobs, directories);
        lists = new ListPaths(containers, blobs, directories);
        leases = new LeaseOperations(containers, blobs, directories);
    }

    /** Whether a request speaks to this endpoint. */
    static boolean concern(Exchange exchange) {
        Target target = exchange.target();
        if (target.parameter("comp") != null || target.parameter("restype") != null) {
            return false;
        }
        return MARKS.stream().anyMatch(mark -> target.parameter(mark) != null) || exchange.header("x-ms-rename-source") != null
            || exchange.header("x-ms-lease-action") != null;
    }

    Operation find(Exchange exchange) {
        Target target = exchange.target();
        String resource = Optional.ofNullable(target.parameter("resource")).orElse("");
        String action = Optional.ofNullable(target.parameter("action")).orElse("");
        if (resource.equals("account")) {
            return method(exchange, "GET", fileSystems::list);
        }
        if (resource.equals("filesystem")) {
            return fileSystem(exchange);
        }
        if (target.container().isEmpty()) {
            throw ServiceFailure.notImplemented(exchange.method() + " of the account");
        }
        requireHierarchy(exchange, action);
        return switch (exchange.method()) {
            case "PUT" -> paths::create;
            case "PATCH" -> switch (action) {
                case "setAccessControl" -> access::set;
                case "setAccessControlRecursive" -> access::setRecursive;
                default -> paths::update;
            };
            case "HEAD" -> access::head;
            case "DELETE" -> paths::delete;
            case "POST" -> leases::blob;
            default -> throw unsupportedVerb();
        };
    }

    /** An account with flat names has files here, but no directories, renames and access lists. */
    private static void requireHierarchy(Exchange exchange, String action) {
        if (!exchange.target().flat()) {
            return;
        }
        boolean access = action.startsWith("getAccessControl") || action.startsWith("setAccessControl") || action.equals("checkAccess");
        boolean directory = "directory".equals(exchange.query("resource")) || exchange.header("x-ms-rename-source") != null
            || "true".equalsIgnoreCase(exchange.query("recursive"));
        if (access || directory) {
            throw ServiceFailure.badRequest("HierarchicalNamespaceNotEnabled",
                "This operation is only supported on a hierarchical namespace account.");
        }
    }

    private Operation fileSystem(Exchange exchange) {
        return switch (exchange.method()) {
            case "PUT" -> fileSystems::create;
            case "DELETE" -> fileSystems::delete;
            case "HEAD" -> fileSystems::properties;
            case "PATCH" -> fileSystems::setProperties;
            case "GET" -> {
                requireHierarchy(exchange, "getAccessControl");
                yield lists::list;
            }
            default -> throw unsupportedVerb();
        };
    }

    private static Operation method(Exchange exchange, String method, Operation operation) {
        if (!exchange.method().equals(method)) {
            throw unsupportedVerb();
        }
        return operation;
    }

    private static ServiceFailure unsupportedVerb() {
        return new ServiceFailure(405, "UnsupportedHttpVerb", "The resource doesn't support specified Http Verb.");
    }
}
